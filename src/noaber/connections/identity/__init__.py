"""The identity connection: by which a resident proves who they are, as DigiD does, over OpenID Connect.

What lives here: asking over HTTP (`client`) and an imitation for the demo and tests that says of itself that it is one
(`fake`). What does not: whose file it is; that is for whoever asked.
"""

from .client import IdentityConnection, IdentityError, Pending
from .fake import FakeIdentity

__all__ = ["FakeIdentity", "IdentityConnection", "IdentityError", "Pending"]
