"""Judges queues/asyncapi.yaml: its shape by the models of pydantic-asyncapi, its references by following them.

    asyncapi.py QUEUES    prints "action exchange address schema" per operation; ends with status 1 and sentences on stderr where something is wrong
"""
import copy
import json
import pathlib
import sys

import yaml
from pydantic import ValidationError
from pydantic_asyncapi.v3 import AsyncAPI

faults = []


def fault(sentence):
    faults.append(sentence)


def check_shape(document):
    # AMQP's channel binding says `is: routingKey`; these models know another word for it, so the bindings are checked below instead.
    document = copy.deepcopy(document)
    for channel in document["channels"].values():
        channel.pop("bindings", None)
    try:
        AsyncAPI.model_validate(document)
    except ValidationError as error:
        fault(str(error)[:2000])


def references(value, place="#"):
    if isinstance(value, dict):
        if "$ref" in value:
            yield place, value["$ref"]
        for key, sub in value.items():
            yield from references(sub, f"{place}/{key}")
    elif isinstance(value, list):
        for index, sub in enumerate(value):
            yield from references(sub, f"{place}/{index}")


def target(queues, document, reference):
    if reference.startswith("#/"):
        place = document
        for step in reference[2:].split("/"):
            place = place[step.replace("~1", "/").replace("~0", "~")]
        return place
    return json.loads((queues / reference).read_text())


def check_references(queues, document):
    for place, reference in references(document):
        try:
            target(queues, document, reference)
        except (KeyError, FileNotFoundError, TypeError):
            fault(f"{place} refers to {reference}, which is not there")


def followed(queues, document, value):
    return target(queues, document, value["$ref"]) if "$ref" in value else value


def operations(queues, document):
    for name, operation in document["operations"].items():
        channel_reference = operation["channel"]["$ref"]
        channel = target(queues, document, channel_reference)
        binding = channel["bindings"]["amqp"]
        if binding["is"] != "routingKey" or binding["bindingVersion"] != "0.3.0" or not binding["exchange"]["durable"]:
            fault(f"the binding of {channel_reference} is not a routing key on a durable exchange")
        if set(channel.get("parameters", {})) != {part[1:-1] for part in channel["address"].split(".") if part[0] == "{"}:
            fault(f"{channel_reference} names other parameters than its address")
        for message_reference in operation["messages"]:
            if not message_reference["$ref"].startswith(channel_reference + "/messages/"):
                fault(f"{name} names a message that is not of its channel")
            message = followed(queues, document, target(queues, document, message_reference["$ref"]))
            schema = message["payload"]["schema"]["$ref"]
            print(operation["action"], binding["exchange"]["name"], channel["address"], schema.removeprefix("./schemas/").removesuffix(".json"))


if __name__ == "__main__":
    queues = pathlib.Path(sys.argv[1])
    document = yaml.safe_load((queues / "asyncapi.yaml").read_text())
    if document["asyncapi"] != "3.0.0":
        fault("the version is not 3.0.0")
    check_shape(document)
    check_references(queues, document)
    operations(queues, document)
    print("\n".join(faults), file=sys.stderr)
    sys.exit(1 if faults else 0)
