"""What may leave the organisation, to whom, when and why; and sending it to the other organisation and receiving it.

What lives here: legal bases, agreements, consents, the decision, messages and their way, the API. What does not: files
(casework and support, which ask here before they hand over) and how bytes travel (connections.exchange).
"""

__all__: list[str] = []
