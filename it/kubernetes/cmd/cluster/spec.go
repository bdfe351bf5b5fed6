package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// markerFile says that a folder is a cluster's: without it nothing in the folder is ever removed.
const markerFile = ".solo-cluster"

// Spec is one local cluster: what it may touch, and its processes. The bridge, which is outside State, has its Name.
type Spec struct {
	Name      string    `json:"name"`      // at most 15 bytes, it names a network interface
	State     string    `json:"state"`     // the one folder, absolute
	Kubelet   string    `json:"kubelet"`   // the kubelet's root-dir, below State
	Wipe      []string  `json:"wipe"`      // folders below State, removed before the start
	Address   string    `json:"address"`   // of the bridge, with prefix length
	Processes []Process `json:"processes"` // in the order in which they start
}

// Process is one child. It starts when all of After are ready.
type Process struct {
	Name          string   `json:"name"`
	Argv          []string `json:"argv"`
	Env           []string `json:"env"`
	Log           string   `json:"log"`
	After         []string `json:"after"`
	Ready         Probe    `json:"ready"`
	PrivateMounts bool     `json:"privateMounts"` // in a mount namespace of its own, for the mounts command
	Containers    bool     `json:"containers"`    // its containers are killed before it is stopped
	PatienceMs    int      `json:"patienceMs"`    // from SIGTERM to SIGKILL
}

// Probe is how one sees that a process serves: it can be connected to (unix, tcp), an object can be read with a
// kubeconfig's token (object), a node is Ready (node), or it ends with 0 (once). Empty: as soon as it runs.
type Probe struct {
	Kind       string `json:"kind"`
	Target     string `json:"target"` // an address, a path or a URL
	Kubeconfig string `json:"kubeconfig"`
	LimitMs    int    `json:"limitMs"`
}

func readSpec(path string) (*Spec, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	spec := &Spec{}
	if err := json.Unmarshal(text, spec); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if err := spec.check(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return spec, nil
}

func (s *Spec) check() error {
	if s.Name == "" || len(s.Name) > 15 {
		return errors.New("name must have 1 to 15 bytes")
	}
	if !filepath.IsAbs(s.State) || !below(s.State, s.Kubelet) {
		return errors.New("state must be absolute and kubelet below it")
	}
	if _, err := os.Stat(filepath.Join(s.State, markerFile)); err != nil {
		return fmt.Errorf("%s is not a cluster's folder: it has no %s", s.State, markerFile)
	}
	var names []string
	for _, p := range s.Processes {
		if p.Name == "" || len(p.Argv) == 0 || p.Log == "" {
			return errors.New("a process needs name, argv and log")
		}
		for _, other := range p.After {
			if !slices.Contains(names, other) {
				return fmt.Errorf("%s starts after %s, which is not above it", p.Name, other)
			}
		}
		names = append(names, p.Name)
	}
	for _, folder := range s.Wipe {
		if !filepath.IsLocal(folder) || filepath.Clean(folder) == "." {
			return fmt.Errorf("cannot wipe %q: not a folder below the state", folder)
		}
	}
	return nil
}

func (p Process) patience() time.Duration {
	return time.Duration(max(p.PatienceMs, 100)) * time.Millisecond
}

// below tells whether path is the folder or inside it.
func below(folder, path string) bool {
	relative, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(relative)
}
