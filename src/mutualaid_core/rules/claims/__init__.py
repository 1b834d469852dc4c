"""Rules about claims: admission, the award of benefits and its working, limits, decision."""
