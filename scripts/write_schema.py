"""Write the JSON Schema of an edition from the document's types, to the file that ships."""

import json
from pathlib import Path

from quarterday.report import document

SHIPPED = Path(document.__file__).with_name(document.SCHEMA_FILE)

if __name__ == "__main__":
    SHIPPED.write_text(json.dumps(document.schema_of_types(), indent=1) + "\n", "utf-8")
    print(SHIPPED.name)
