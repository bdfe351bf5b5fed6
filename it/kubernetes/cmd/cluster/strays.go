package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// killStrays kills the cluster's processes that are not our own children of name: shims and containers, and after a
// run that was killed anything else. It looks again until nothing is left, since a container may be starting.
func killStrays(spec *Spec, c *children) {
	for until := time.Now().Add(10 * time.Second); time.Now().Before(until); time.Sleep(10 * time.Millisecond) {
		strays := strays(spec, c)
		if len(strays) == 0 {
			return
		}
		for _, pid := range strays {
			killStray(spec, pid)
		}
	}
}

func strays(spec *Spec, c *children) []int {
	contained := pidsIn(cgroups(spec.State))
	entries, _ := os.ReadDir("/proc")
	var found []int
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil || pid == os.Getpid() || c.has(pid) {
			continue
		}
		if contained[pid] || isMarked(pid, spec.State) || isOrphanOf(pid, os.Getpid()) {
			found = append(found, pid)
		}
	}
	return found
}

// A pid may be another's by now: hold it, look again, then kill what is held.
func killStray(spec *Spec, pid int) {
	handle, err := unix.PidfdOpen(pid, 0)
	if err != nil {
		return
	}
	defer unix.Close(handle)
	if pidsIn(cgroups(spec.State))[pid] || isMarked(pid, spec.State) || isOrphanOf(pid, os.Getpid()) {
		_ = unix.PidfdSendSignal(handle, syscall.SIGKILL, nil, 0)
	}
}

func (c *children) has(pid int) bool {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	_, ours := c.running[pid]
	return ours
}

// isMarked tells whether a process has inherited the cluster's variable.
func isMarked(pid int, state string) bool {
	environment, _ := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "environ"))
	for variable := range bytes.SplitSeq(environment, []byte{0}) {
		if string(variable) == clusterVariable+"="+state {
			return true
		}
	}
	return false
}

// isOrphanOf tells whether a live process has been handed to us as subreaper.
func isOrphanOf(pid, parent int) bool {
	stat, _ := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	// pid (name) state ppid ...; the name may hold spaces and brackets.
	_, rest, _ := bytes.Cut(stat[bytes.LastIndexByte(stat, ')')+1:], []byte(" "))
	fields := strings.Fields(string(rest))
	return len(fields) > 1 && fields[0] != "Z" && fields[1] == strconv.Itoa(parent)
}
