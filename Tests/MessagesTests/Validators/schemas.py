"""Judges messages by queues/schemas with an implementation of JSON Schema that is not ours.

    schemas.py validate QUEUES   lines {"schema": "events/order.accepted", "instance": …} on stdin; prints a line per fault
    schemas.py mutants QUEUES    prints lines {"schema", "path", "kind", "instance"}: samples made wrong in one place, each
                                 of which its schema refuses; ends with status 1 where a schema takes one, or refuses a sample
"""
import copy
import json
import pathlib
import sys
import urllib.parse

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource


class Schemas:
    def __init__(self, queues):
        self.queues = pathlib.Path(queues)
        folder = self.queues / "schemas"
        self.by_name = {
            str(file.relative_to(folder)).removesuffix(".json"): json.loads(file.read_text())
            for file in sorted(folder.rglob("*.json"))
        }
        for schema in self.by_name.values():
            Draft202012Validator.check_schema(schema)
        self.absolute = {name: with_absolute_references(schema, schema["$id"]) for name, schema in self.by_name.items()}
        self.registry = Registry().with_resources(
            (schema["$id"], Resource.from_contents(schema)) for schema in self.by_name.values()
        )

    def validator(self, name):
        return Draft202012Validator(self.by_name[name], registry=self.registry, format_checker=FormatChecker())

    def resolved(self, schema):
        """The schema with its reference followed and its allOf merged in: enough for walking along a sample."""
        merged = {key: value for key, value in schema.items() if key not in ("$ref", "allOf")}
        parts = [self.target(schema["$ref"])] if "$ref" in schema else []
        for part in parts + schema.get("allOf", []):
            for key, value in self.resolved(part).items():
                if key == "required":
                    merged[key] = sorted(set(value) | set(merged.get(key, [])))
                elif key == "properties":
                    merged[key] = value | merged.get(key, {})
                else:
                    merged.setdefault(key, value)
        return merged

    def target(self, reference):
        """What an absolute reference names."""
        url, _, pointer = reference.partition("#")
        place = next(schema for schema in self.absolute.values() if schema["$id"] == url)
        for step in pointer.split("/")[1:]:
            place = place[step]
        return place


def with_absolute_references(value, base):
    if isinstance(value, list):
        return [with_absolute_references(element, base) for element in value]
    if not isinstance(value, dict):
        return value
    return {
        key: urllib.parse.urljoin(base, sub) if key == "$ref" else with_absolute_references(sub, base)
        for key, sub in value.items()
    }


def escaped(step):
    return step.replace("~", "~0").replace("/", "~1")


def spots(schemas, schema, value, path):
    """Every place of a sample with what its schema says there."""
    schema = schemas.resolved(schema)
    yield schema, value, path
    if isinstance(value, dict):
        for name, sub in schema.get("properties", {}).items():
            if name in value:
                yield from spots(schemas, sub, value[name], path + [name])
    elif isinstance(value, list) and "items" in schema:
        for index, element in enumerate(value):
            yield from spots(schemas, schema["items"], element, path + [index])


def replaced(sample, path, value):
    if not path:
        return value
    result = copy.deepcopy(sample)
    place = result
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return result


def without(sample, path):
    result = copy.deepcopy(sample)
    place = result
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    return result


def mutants_of(schemas, name, sample):
    """(path, kind, instance) for one sample."""
    for schema, value, path in spots(schemas, schemas.absolute[name], sample, []):
        for field in schema.get("required", []):
            if isinstance(value, dict) and field in value:
                yield path + [field], "missing", without(sample, path + [field])
        wrong = []
        if isinstance(value, bool):
            wrong = [("type", "true"), ("type", 1)]
        elif isinstance(value, str):
            wrong = [("type", 7), ("type", [value])]
            if "maxLength" in schema:
                wrong.append(("long", "x" * (schema["maxLength"] + 1)))
            if schema.get("minLength", 0) > 0:
                wrong.append(("short", ""))
            if "pattern" in schema or "enum" in schema:
                wrong.append(("pattern", "\u0000no\u0001"))
        elif isinstance(value, (int, float)):
            wrong = [("type", str(value))]
            if schema.get("type") == "integer":
                wrong.append(("fraction", value + 0.5))
            if "minimum" in schema:
                wrong.append(("small", schema["minimum"] - 1))
            if "maximum" in schema:
                wrong.append(("large", schema["maximum"] + 1))
        elif isinstance(value, list):
            wrong = [("type", {}), ("type", "x")]
            if schema.get("minItems", 0) > 0:
                wrong.append(("empty", []))
        elif isinstance(value, dict):
            wrong = [("type", []), ("type", "x")]
        if schema:
            wrong.append(("null", None))
        for kind, bad in wrong:
            yield path, kind, replaced(sample, path, bad)


def validate(schemas):
    validators, faults = {}, 0
    for number, line in enumerate(sys.stdin):
        case = json.loads(line)
        name = case["schema"]
        validator = validators.setdefault(name, schemas.validator(name))
        for error in validator.iter_errors(case["instance"]):
            print(f"{number} {name} {error.json_path}: {error.message[:300]}")
            faults += 1
    return 1 if faults else 0


def mutants(schemas):
    faults = 0
    for file in sorted((schemas.queues / "samples").rglob("*.json")):
        sample = json.loads(file.read_text())
        name = schema_of(schemas, file)
        data = sample["data"] if "specversion" in sample and name.startswith("inbound/") else sample
        validator = schemas.validator(name)
        for error in validator.iter_errors(data):
            print(f"{file.name} does not fit its schema: {error.json_path}: {error.message[:300]}", file=sys.stderr)
            faults += 1
        if name == "reply" or data is not sample:
            continue
        for path, kind, instance in mutants_of(schemas, name, sample):
            pointer = "".join("/" + escaped(str(step)) for step in path)
            if validator.is_valid(instance):
                print(f"{name} takes a mutant of {file.name}: {kind} at {pointer}", file=sys.stderr)
                faults += 1
            print(json.dumps({"schema": name, "path": pointer, "kind": kind, "instance": instance}))
    return 1 if faults else 0


def schema_of(schemas, file):
    """samples/inbound/order.placed.till.json belongs to inbound/order.placed: the longest schema name that begins its own."""
    own = str(file.relative_to(schemas.queues / "samples")).removesuffix(".json")
    return max((name for name in schemas.by_name if own == name or own.startswith(name + ".")), key=len)


if __name__ == "__main__":
    verb, queues = sys.argv[1:3]
    sys.exit({"validate": validate, "mutants": mutants}[verb](Schemas(queues)))
