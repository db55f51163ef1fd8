"""Tables become an immutable publication: marts, catalogue, extracts, proof of inputs."""
