package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
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
		removeCgroups(spec.Name),
		removeShimSockets(spec.State),
		removeCniResults(spec.Name),
		removeKubeletPlaceholders())
}

// prepare is what must exist before the first process.
func prepare(spec *Spec) error {
	if err := addBridge(spec.Name, spec.Address); err != nil {
		return fmt.Errorf("cannot make the bridge %s: %w", spec.Name, err)
	}
	if err := shareMounts(spec.Kubelet); err != nil {
		return fmt.Errorf("cannot make %s a shared mount: %w", spec.Kubelet, err)
	}
	return nil
}

func removeCgroups(name string) error {
	for _, root := range cgroupRoots(name) {
		for until := time.Now().Add(time.Second); ; time.Sleep(20 * time.Millisecond) {
			removeEmptyFolders(root)
			if _, err := os.Stat(root); err != nil {
				break
			}
			if time.Now().After(until) {
				return fmt.Errorf("cannot remove the cgroup %s: something still runs in it", root)
			}
		}
	}
	return nil
}

// A cgroup's files cannot be removed, its folders can, from the leaves up.
func removeEmptyFolders(folder string) {
	entries, _ := os.ReadDir(folder)
	for _, entry := range entries {
		if entry.IsDir() {
			removeEmptyFolders(filepath.Join(folder, entry.Name()))
		}
	}
	_ = os.Remove(folder)
}

// containerd's shims listen in /run/containerd/s whatever its configuration says; each bundle holds the address.
func removeShimSockets(state string) error {
	bundles, _ := filepath.Glob(filepath.Join(state, "containerd", "*", "io.containerd.runtime.v2.task", "*", "*", "address"))
	for _, bundle := range bundles {
		address, err := os.ReadFile(bundle)
		socket := strings.TrimPrefix(string(address), "unix://")
		if err == nil && strings.HasPrefix(socket, "/run/containerd/s/") {
			_ = os.Remove(socket)
		}
	}
	return nil
}

// libcni keeps each result in /var/lib/cni under the network's name, which is ours alone.
func removeCniResults(network string) error {
	results, _ := filepath.Glob("/var/lib/cni/results/" + network + "-*")
	for _, result := range results {
		_ = os.Remove(result)
	}
	return nil
}
