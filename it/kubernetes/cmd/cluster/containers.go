package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// containerIds are the containers and sandboxes that the cluster's containerd knows or knew; their names are what tells
// ours from another containerd's in the folders that all of a machine share.
func containerIds(state string) []string {
	var ids []string
	for _, kind := range []string{"sandboxes", "containers"} {
		folders, _ := filepath.Glob(filepath.Join(state, "containerd/*/io.containerd.grpc.v1.cri", kind, "*"))
		for _, folder := range folders {
			ids = append(ids, filepath.Base(folder))
		}
	}
	return ids
}

// cgroups are our containers' cgroups: several for each in version 1, one in version 2. Without cgroups per QoS the
// kubelet leaves their place to containerd, which has one for all.
func cgroups(state string) []string {
	var found []string
	for _, id := range containerIds(state) {
		for _, pattern := range []string{"/sys/fs/cgroup/*/k8s.io/", "/sys/fs/cgroup/k8s.io/"} {
			folders, _ := filepath.Glob(pattern + id)
			found = append(found, folders...)
		}
	}
	return found
}

func pidsIn(cgroups []string) map[int]bool {
	pids := map[int]bool{}
	for _, root := range cgroups {
		_ = filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
			if err == nil && entry.Name() == "cgroup.procs" {
				text, _ := os.ReadFile(path)
				for line := range strings.Lines(string(text)) {
					if pid, err := strconv.Atoi(strings.TrimSpace(line)); err == nil {
						pids[pid] = true
					}
				}
			}
			return nil
		})
	}
	return pids
}

// removeContainerTraces takes away what containerd, its shims and CNI leave outside of their configured folders.
func removeContainerTraces(state string) error {
	ids := containerIds(state)
	for _, id := range ids {
		removeMatching("/var/lib/cni/results/*-" + id + "-*")
	}
	bundles, _ := filepath.Glob(filepath.Join(state, "containerd/*/io.containerd.runtime.v2.task/*/*/address"))
	for _, bundle := range bundles {
		// Shims listen below /run/containerd whatever the configuration says; the bundle holds the address.
		address, err := os.ReadFile(bundle)
		socket := strings.TrimPrefix(string(address), "unix://")
		if err == nil && strings.HasPrefix(socket, "/run/containerd/s/") {
			_ = os.Remove(socket)
		}
	}
	if err := removeCgroups(state); err != nil {
		return err
	}
	// Shared by all containerds and kubelets of the machine: removed when empty, and made anew when needed.
	removeMatching("/sys/fs/cgroup/*/k8s.io")
	removeMatching("/sys/fs/cgroup/k8s.io")
	for _, folder := range append(kubeletPlaceholders, "/var/lib/cni/results", "/var/lib/cni", "/run/containerd/s", "/run/containerd") {
		if !mountedAnywhere(folder) {
			_ = os.Remove(folder)
		}
	}
	return nil
}

func removeMatching(pattern string) {
	paths, _ := filepath.Glob(pattern)
	for _, path := range paths {
		_ = os.Remove(path)
	}
}

func removeCgroups(state string) error {
	for _, root := range cgroups(state) {
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
