// The registry that the air-gap test pushes to, in memory.
module solo.it/registry

go 1.26.0

require github.com/google/go-containerregistry v0.22.1
