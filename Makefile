# Each target does all of its own set-up; what is there already is not done again.

.DELETE_ON_ERROR:
.PHONY: bench bench-national check clean components constraints demo fix schema serve test

PYTHON ?= python3
BIN := .venv/bin
WORKSPACE ?= quarterday-demo
LIBRARIES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0

# Where it is set, every start of the program would compile its modules anew.
unexport PYTHONDONTWRITEBYTECODE

demo: .venv/ready .venv/debian
	$(BIN)/quarterday demo

serve: .venv/ready .venv/debian
	$(BIN)/quarterday --home $(WORKSPACE) serve

bench: .venv/ready .venv/debian .venv/bench
	$(BIN)/python -m bench

# Ten full years of the country, which need 12 GB. Where BENCH_FOLDER names a folder, the archives stay for the next time.
bench-national: .venv/ready .venv/bench
	$(BIN)/python -m bench --national

test: .venv/ready .venv/debian-test node_modules/ready
	$(BIN)/pytest -n 2 --no-loadscope-reorder

check: .venv/ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/codespell
	$(BIN)/python scripts/house_figures.py

fix: .venv/ready
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# Everything made here, but not quarterday-home: that is somebody's work.
clean:
	rm -rf .venv node_modules build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

# After a change to the types of the document.
schema: .venv/ready
	$(BIN)/python scripts/write_schema.py

# What a release is made of, as it is installed here, in CycloneDX.
components: .venv/ready
	$(BIN)/python scripts/components.py components.cdx.json --extra postgres

# The newest of everything that still suits pyproject.toml, for the oldest Python that we support.
constraints: .venv/ready
	test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --constraints constraints.in --all-extras --upgrade --python-version 3.11 \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--quiet --output-file constraints.txt

.venv/ready: pyproject.toml constraints.txt
	@echo "Setting up .venv, which takes about a minute." >&2
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is missing, or older than the Python 3.11 that Quarterday needs." \
			"Install a newer one, or name one: make PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { \
		echo "$(PYTHON) could not make .venv, which needs its venv module." \
			"On Debian: apt-get install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

# The tools that the program is measured against: a gigabyte, which only the benchmarks need.
.venv/bench: .venv/ready
	$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[bench]'
	@touch $@

.venv/debian: scripts/debian_packages.sh | .venv/ready
	@scripts/debian_packages.sh $(LIBRARIES)
	@touch $@

.venv/debian-test: scripts/debian_packages.sh | .venv/ready
	@scripts/debian_packages.sh $(LIBRARIES) chromium npm postgresql
	@touch $@

# axe-core, for the accessibility checks. Debian's npm is asked for above where there is none.
node_modules/ready: package.json | .venv/debian-test
	npm install --no-package-lock --no-audit --no-fund --loglevel=error
	@touch $@
