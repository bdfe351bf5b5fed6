package main

import (
	"errors"
	"os"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// clusterVariable marks every process of a cluster with its state folder; shims inherit it, containers do not.
const clusterVariable = "SOLO_CLUSTER"

// children are the processes that we started, and the only place that waits for any. As subreaper we also inherit
// containerd's shims and their containers, so it waits for whatever ends.
type children struct {
	mutex   sync.Mutex
	running map[int]string // pid to name
	exited  chan exit
}

type exit struct {
	name   string
	status syscall.WaitStatus
}

// adopt makes this process the parent of all orphans below it and begins to wait for them.
func adopt() (*children, error) {
	if err := unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); err != nil {
		return nil, err
	}
	c := &children{running: map[int]string{}, exited: make(chan exit, 64)}
	go c.reap()
	return c, nil
}

func (c *children) reap() {
	for {
		var status syscall.WaitStatus
		pid, err := syscall.Wait4(-1, &status, 0, nil)
		if errors.Is(err, syscall.ECHILD) {
			time.Sleep(20 * time.Millisecond)
			continue
		}
		if err != nil {
			continue
		}
		c.mutex.Lock()
		name, ours := c.running[pid]
		delete(c.running, pid)
		c.mutex.Unlock()
		if ours {
			c.exited <- exit{name, status}
		}
	}
}

// start must run on the main thread: the kernel kills the child when the thread that forked it ends.
func (c *children) start(p Process, state string) error {
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer null.Close()
	log, err := os.OpenFile(p.Log, os.O_CREATE|os.O_WRONLY|os.O_TRUNC|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	attributes := &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if p.PrivateMounts {
		attributes.Cloneflags = syscall.CLONE_NEWNS
	}
	// Held until the pid is noted, so that reap knows the name of a child that ends at once.
	c.mutex.Lock()
	defer c.mutex.Unlock()
	pid, err := syscall.ForkExec(p.Argv[0], p.Argv, &syscall.ProcAttr{
		Dir:   state,
		Env:   append(p.Env, clusterVariable+"="+state),
		Files: []uintptr{null.Fd(), log.Fd(), log.Fd()},
		Sys:   attributes,
	})
	if err != nil {
		return err
	}
	c.running[pid] = p.Name
	return nil
}

// signal reaches a child only while reap has not seen its end, so never a stranger with the same pid.
func (c *children) signal(name string, s syscall.Signal) bool {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for pid, other := range c.running {
		if other == name {
			return syscall.Kill(pid, s) == nil
		}
	}
	return false
}

func (c *children) alive(name string) bool {
	return c.signal(name, 0)
}

// stop asks, waits, and then kills.
func (c *children) stop(p Process) {
	c.signal(p.Name, syscall.SIGTERM)
	for until := time.Now().Add(p.patience()); c.alive(p.Name); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(until) {
			c.signal(p.Name, syscall.SIGKILL)
		}
	}
}
