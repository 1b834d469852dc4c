"""The wire form of the entities, its versions and its lifting."""
