"""Fetches the styles, scripts and fonts that Quarterday carries, and writes them where they are kept.

Run by hand when a version below changes; needs npm. Quarterday does not run on a gov.uk domain, so what only
GOV.UK may use (its typeface, the crest) is taken out, and nothing is written unless that worked.
"""

import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

GOVUK_FRONTEND = "govuk-frontend@6.6.0"
SOURCE_SANS = "source-sans@3.52.0"

PACKAGE = Path(__file__).parents[1] / "src" / "quarterday"
STATIC = PACKAGE / "web" / "static" / "quarterday"
FONTS = PACKAGE / "report" / "fonts"

FONT_STACK = '"Source Sans 3",Arial,"Liberation Sans",sans-serif'
GOVUK_ONLY = ("GDS Transport", "crest", "@font-face")
SOURCE_MAP = re.compile(r"(/\*|//)# sourceMappingURL=\S+( \*/)?\s*")  # not carried, so not looked for

LICENCES = """\
# Licences of what lies here

`govuk-frontend.min.css` and `govuk-frontend.min.js` are GOV.UK Frontend {version}, changed by
`scripts/vendor.py`: no GOV.UK typeface, no crest, no source map.

> The MIT License (MIT)
>
> Copyright (C) 2017 Crown Copyright (Government Digital Service)
>
> Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
> associated documentation files (the "Software"), to deal in the Software without restriction, including
> without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
> copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the
> following conditions:
>
> The above copyright notice and this permission notice shall be included in all copies or substantial
> portions of the Software.
>
> THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT
> LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO
> EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER
> IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR
> THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def fetch(package: str, *paths: str) -> list[bytes]:
    """The files at ``paths`` inside the npm package ``name@version``."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--loglevel=error", "--pack-destination", folder, package]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as files:
            return [read(files, f"package/{path}") for path in paths]


def read(files: tarfile.TarFile, path: str) -> bytes:
    """The file at ``path`` in the archive."""
    file = files.extractfile(path)
    if file is None:
        raise SystemExit(f"{path} is not a file in the package; wanted a file. See what the package holds now.")
    return file.read()


def header(package: str) -> str:
    """The comment at the head of a changed file: what it is, whose, and under what licence."""
    name, version = package.split("@")
    return f"/* {name} {version}, MIT, Crown Copyright; changed by scripts/vendor.py. See LICENCES.md. */\n"


def neutral_css(css: str) -> str:
    """GOV.UK Frontend's style sheet without the typeface and crest that only GOV.UK may use.

    Every font stack, the one for print too, becomes ``--quarterday-font``, which a page may set again.
    """
    css = SOURCE_MAP.sub("", css)
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = re.sub(r"font-family:(GDS Transport,arial,)?sans-serif", "font-family:var(--quarterday-font)", css)
    css = re.sub(r"url\([^)]*crest[^)]*\)", "none", css)
    charset = '@charset "UTF-8";'  # counts only as the first thing in a file
    if not css.startswith(charset) or any(word in css for word in GOVUK_ONLY):
        raise SystemExit("The style sheet has a shape not met before: look at it, and mend neutral_css.")
    rest = css.removeprefix(charset)
    return f"{charset}\n{header(GOVUK_FRONTEND)}:root{{--quarterday-font:{FONT_STACK}}}{rest}"


def write(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` and say so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    print(f"{len(content):>9,} bytes  {path.relative_to(PACKAGE.parents[1])}")


def main() -> None:
    """Fetch everything, then write everything."""
    css, js = fetch(GOVUK_FRONTEND, "dist/govuk/govuk-frontend.min.css", "dist/govuk/govuk-frontend.min.js")
    # The fonts go as they came: their licence lets nobody else call a changed one "Source", cut down or not.
    regular, semibold, licence = fetch(
        SOURCE_SANS, "TTF/SourceSans3-Regular.ttf", "TTF/SourceSans3-Semibold.ttf", "LICENSE.md"
    )
    write(STATIC / "govuk-frontend.min.css", neutral_css(css.decode()).encode())
    write(STATIC / "govuk-frontend.min.js", (header(GOVUK_FRONTEND) + SOURCE_MAP.sub("", js.decode())).encode())
    write(STATIC / "LICENCES.md", LICENCES.format(version=GOVUK_FRONTEND.split("@")[1]).encode())
    write(FONTS / "SourceSans3-Regular.ttf", regular)
    write(FONTS / "SourceSans3-Semibold.ttf", semibold)
    write(FONTS / "OFL.txt", licence)


if __name__ == "__main__":
    main()
