package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

func init() {
	// Pdeathsig is tied to the thread that forked: the main goroutine keeps the first thread, which never ends.
	runtime.LockOSThread()
}

// supervise runs a spec's processes until stdin ends, that is until the parent closed it or died, or a signal comes, or
// one of them ends by itself. It leaves no process, mount, interface or cgroup behind.
func supervise(arguments []string) error {
	if len(arguments) != 1 {
		return errors.New("supervise needs one argument, the spec")
	}
	spec, err := readSpec(arguments[0])
	if err != nil {
		return err
	}
	// The parent may be gone when we write, and a Ctrl-C at the terminal is the parent's to handle, in its own order.
	signal.Ignore(syscall.SIGPIPE, syscall.SIGHUP)
	_, _ = syscall.Setsid()
	unlock, err := lock(spec)
	if err != nil {
		return err
	}
	defer unlock()
	s := &supervisor{spec: spec, report: reporter(os.Stdout), probed: make(chan probed, len(spec.Processes))}
	if s.children, err = adopt(); err != nil {
		return err
	}
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer cancel()
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		cancel()
	}()
	return s.run(ctx)
}

type supervisor struct {
	spec     *Spec
	report   func(event)
	children *children
	probed   chan probed
	started  []string
	ready    []string
}

type probed struct {
	name string
	err  error
}

func (s *supervisor) run(ctx context.Context) error {
	s.report(event{Event: "cleaning"})
	if err := removeLeftovers(s.spec, s.children); err != nil {
		return err
	}
	err := prepare(s.spec)
	if err == nil {
		err = s.keepRunning(ctx)
	}
	if err != nil {
		s.report(event{Event: "failed", Message: err.Error()})
	}
	return errors.Join(err, s.stop())
}

// keepRunning starts what is due and returns when the end is asked for (nil) or forced by a failure.
func (s *supervisor) keepRunning(ctx context.Context) error {
	for {
		if err := s.startDue(ctx); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case p := <-s.probed:
			if p.err != nil {
				return fmt.Errorf("%s is %w (its log: %s)", p.name, p.err, s.process(p.name).Log)
			}
			s.isReady(p.name)
		case e := <-s.children.exited:
			p := s.process(e.name)
			if p.Ready.Kind != "once" || e.status.ExitStatus() != 0 {
				return fmt.Errorf("%s ended by itself: %s (its log: %s)", p.Name, describe(e.status), p.Log)
			}
			s.isReady(p.Name)
		}
	}
}

func (s *supervisor) startDue(ctx context.Context) error {
	for _, p := range s.spec.Processes {
		if slices.Contains(s.started, p.Name) || slices.ContainsFunc(p.After, s.isNotReady) {
			continue
		}
		if err := s.children.start(p, s.spec.State); err != nil {
			return fmt.Errorf("cannot start %s: %w", p.Name, err)
		}
		s.started = append(s.started, p.Name)
		s.report(event{Event: "starting", Process: p.Name})
		if p.Ready.Kind != "once" {
			go func() { s.probed <- probed{p.Name, p.Ready.wait(ctx)} }()
		}
	}
	return nil
}

func (s *supervisor) isReady(name string) {
	s.ready = append(s.ready, name)
	s.report(event{Event: "ready", Process: name})
	if len(s.ready) == len(s.spec.Processes) {
		s.report(event{Event: "up"})
	}
}

func (s *supervisor) isNotReady(name string) bool {
	return !slices.Contains(s.ready, name)
}

func (s *supervisor) process(name string) Process {
	return s.spec.Processes[slices.IndexFunc(s.spec.Processes, func(p Process) bool { return p.Name == name })]
}

// stop ends everything in reverse order: the kubelet first, so that it starts nothing anew.
func (s *supervisor) stop() error {
	for _, p := range slices.Backward(s.spec.Processes) {
		if !slices.Contains(s.started, p.Name) {
			continue
		}
		s.report(event{Event: "stopping", Process: p.Name})
		if p.Containers {
			killStrays(s.spec, s.children)
		}
		s.children.stop(p)
	}
	err := removeOutside(s.spec, s.children)
	s.report(event{Event: "ended"})
	return err
}

// event is one line of our stdout; the time counts from our start.
type event struct {
	Event   string `json:"event"`
	Process string `json:"process,omitempty"`
	Message string `json:"message,omitempty"`
	Ms      int64  `json:"ms"`
}

func reporter(out io.Writer) func(event) {
	start := time.Now()
	encoder := json.NewEncoder(out)
	return func(e event) {
		e.Ms = time.Since(start).Milliseconds()
		_ = encoder.Encode(e) // nobody may listen any more
	}
}

func describe(status syscall.WaitStatus) string {
	if status.Signaled() {
		return "killed by " + status.Signal().String()
	}
	return fmt.Sprintf("exit code %d", status.ExitStatus())
}

// lock lets one supervisor work in a state folder. It waits a little: the last one may still be cleaning up.
func lock(spec *Spec) (func(), error) {
	file, err := os.OpenFile(filepath.Join(spec.State, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	for until := time.Now().Add(15 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			break
		}
		if time.Now().After(until) {
			holder, _ := io.ReadAll(file)
			return nil, fmt.Errorf("a cluster already runs in %s (process %s): end it, or choose another folder",
				spec.State, strings.TrimSpace(string(holder)))
		}
	}
	_ = file.Truncate(0)
	_, _ = file.WriteAt([]byte(fmt.Sprintln(os.Getpid())), 0)
	return func() { file.Close() }, nil
}
