"""The protocols of the services: what to ask, and what an answer says. Nothing here is sent."""
