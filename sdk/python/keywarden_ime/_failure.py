"""How a call failed, by name only: messages are for people and may hold anything."""

from typing import Any

import grpc

from . import _contract

_ORDINARY_REASONS = ("GRANT_REVOKED", "GRANT_NOT_LIVE", "SHUTTING_DOWN")
_ORDINARY_CODES = (grpc.StatusCode.CANCELLED, grpc.StatusCode.UNAVAILABLE)


def reason_of(error: Any) -> "str | None":
    """The broker's reason, None if the failure is not of the broker's making."""
    for name, value in error.trailing_metadata() or ():
        if name == "grpc-status-details-bin":
            for detail in _contract.Status.FromString(value).details:
                if detail.type_url.endswith("/google.rpc.ErrorInfo"):
                    info = _contract.ErrorInfo.FromString(detail.value)
                    if info.domain == "keywarden":
                        return str(info.reason)
    return None


def name_of(error: Any) -> str:
    """The broker's reason, else gRPC's status code."""
    return reason_of(error) or str(error.code().name)


def is_ordinary_end(error: Any) -> bool:
    """Whether a use of a capability ended as most do: the focus moved on, or the broker is gone."""
    reason = reason_of(error)
    return reason in _ORDINARY_REASONS if reason else error.code() in _ORDINARY_CODES
