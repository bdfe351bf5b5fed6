package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// cleanup is the command for what a run left that could not clean up itself.
func cleanup(arguments []string) error {
	if len(arguments) != 1 {
		return errors.New("cleanup needs one argument, the spec")
	}
	spec, err := readSpec(arguments[0])
	if err != nil {
		return err
	}
	unlock, err := lock(spec)
	if err != nil {
		return err
	}
	defer unlock()
	return removeOutside(spec, &children{running: map[int]string{}})
}

// removeLeftovers makes a killed run's place as good as new.
func removeLeftovers(spec *Spec, c *children) error {
	if err := removeOutside(spec, c); err != nil {
		return err
	}
	for _, folder := range spec.Wipe {
		path := filepath.Join(spec.State, folder)
		// Behind a mount may be a user's volume: never delete through one.
		if mounted := mountsBelow(path); len(mounted) > 0 {
			return fmt.Errorf("cannot empty %s: %s is still mounted", path, mounted[0])
		}
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	return nil
}

// removeOutside ends the cluster's processes and undoes what is visible outside its folder. Files in it stay, for
// whoever wants to read the logs.
func removeOutside(spec *Spec, c *children) error {
	killStrays(spec, c)
	return errors.Join(
		unmountBelow(spec.State),
		detachLoops(spec.State),
		removeBridge(spec.Name),
		removeContainerTraces(spec.State))
}

// prepare is what must exist before the first process.
func prepare(spec *Spec) error {
	for _, folder := range spec.Wipe {
		if err := os.MkdirAll(filepath.Join(spec.State, folder), 0o700); err != nil {
			return err
		}
	}
	if err := addBridge(spec.Name, spec.Address); err != nil {
		return fmt.Errorf("cannot make the bridge %s: %w", spec.Name, err)
	}
	if err := shareMounts(spec.Kubelet); err != nil {
		return fmt.Errorf("cannot make %s a shared mount: %w", spec.Kubelet, err)
	}
	return nil
}
