"""The messages of the wire, from `contract.binpb`: the project's protos without comments and bounds (`sdk/contract`)."""

import pathlib
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

_files = descriptor_pb2.FileDescriptorSet.FromString(
    pathlib.Path(__file__).with_name("contract.binpb").read_bytes()
)
# A pool of its own: other versions of the same messages in this process do not meet these.
_pool = descriptor_pool.DescriptorPool()
for _each in _files.file:
    _pool.Add(_each)


def _message(name: str) -> Any:
    descriptor = _pool.FindMessageTypeByName(name)
    if hasattr(message_factory, "GetMessageClass"):
        return message_factory.GetMessageClass(descriptor)
    return message_factory.MessageFactory(_pool).GetPrototype(descriptor)  # protobuf before 4.22


def enum_name(name: str, number: int) -> str:
    """The name of an enum's value, its number if this version does not know it."""
    value = _pool.FindEnumTypeByName(name).values_by_number.get(number)
    return str(number) if value is None else str(value.name)


SERVICE = "/keywarden.plugin.v1.PluginService/"
ConnectRequest = _message("keywarden.plugin.v1.ConnectRequest")
ConnectResponse = _message("keywarden.plugin.v1.ConnectResponse")
ComposeRequest = _message("keywarden.plugin.v1.ComposeRequest")
ComposeResponse = _message("keywarden.plugin.v1.ComposeResponse")
DeriveCapabilityRequest = _message("keywarden.plugin.v1.DeriveCapabilityRequest")
DeriveCapabilityResponse = _message("keywarden.plugin.v1.DeriveCapabilityResponse")
Action = _message("keywarden.input.v1.Action")
Status = _message("keywarden.sdk.Status")
ErrorInfo = _message("keywarden.sdk.ErrorInfo")
