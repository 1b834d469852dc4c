"""Acting (办理): what the commands that change a store share."""
