package main

import (
	"archive/tar"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestMountPointsWithSpacesAreRead(t *testing.T) {
	if got := unescape(`/mnt/a\040b\134c`); got != `/mnt/a b\c` {
		t.Errorf("got %q", got)
	}
}

func TestOnlyWhatIsInsideAFolderIsBelowIt(t *testing.T) {
	for path, want := range map[string]bool{"/a/b": true, "/a/b/c": true, "/a/bc": false, "/a": false, "/a/b/../c": false} {
		if below("/a/b", path) != want {
			t.Errorf("below(/a/b, %s) is not %t", path, want)
		}
	}
}

func TestASpecMayOnlyTouchAFolderThatIsMarked(t *testing.T) {
	state := t.TempDir()
	spec := &Spec{Name: "solo-test", State: state, Kubelet: filepath.Join(state, "kubelet")}
	if err := spec.check(); err == nil {
		t.Error("a folder without a marker was taken")
	}
	if err := os.WriteFile(filepath.Join(state, markerFile), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := spec.check(); err != nil {
		t.Error(err)
	}
	for _, folder := range []string{"..", "/", ".", "a/../.."} {
		spec.Wipe = []string{folder}
		if err := spec.check(); err == nil {
			t.Errorf("it would empty %q", folder)
		}
	}
}

func TestAProcessAndWhatItOrphanedEndWithStdin(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("supervise makes a bridge and mounts, which needs root")
	}
	state := filepath.Join(t.TempDir(), "c")
	logs := filepath.Join(state, "logs")
	if err := os.MkdirAll(logs, 0o700); err != nil {
		t.Fatal(err)
	}
	orphan := filepath.Join(state, "orphan")
	spec := Spec{Name: "solo-gotest", State: state, Kubelet: filepath.Join(state, "kubelet"), Address: "10.254.253.1/30",
		Processes: []Process{{Name: "one", Log: filepath.Join(logs, "one"), PatienceMs: 100,
			// A daemon that nobody waits for, as containerd's shims are.
			Argv: []string{"/bin/sh", "-c", "setsid sleep 1000 & echo $! >" + orphan + "; exec sleep 1000"}}}}
	text, _ := json.Marshal(spec)
	file := filepath.Join(state, "spec.json")
	for path, content := range map[string][]byte{filepath.Join(state, markerFile): nil, file: text} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), "SUPERVISE="+file)
	stdin, _ := command.StdinPipe()
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	var pid int
	for until := time.Now().Add(10 * time.Second); pid == 0 && time.Now().Before(until); time.Sleep(10 * time.Millisecond) {
		text, _ := os.ReadFile(orphan)
		_ = json.Unmarshal([]byte(strings.TrimSpace(string(text))), &pid)
	}
	if pid == 0 || syscall.Kill(pid, 0) != nil {
		t.Fatal("the process did not start")
	}
	stdin.Close()
	if err := command.Wait(); err != nil {
		t.Error(err)
	}
	if syscall.Kill(pid, 0) == nil {
		t.Error("the orphan lives")
	}
	if left := mountsBelow(state); len(left) > 0 {
		t.Errorf("still mounted: %s", left)
	}
}

// TestMain is the supervisor when the test above starts this binary again.
func TestMain(m *testing.M) {
	if spec := os.Getenv("SUPERVISE"); spec != "" {
		if err := supervise([]string{spec}); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func TestAnImageIsTheSameEachTime(t *testing.T) {
	folder := t.TempDir()
	program := filepath.Join(folder, "program")
	if err := os.WriteFile(program, []byte("x"), 0o755); err != nil {
		t.Fatal(err)
	}
	var archives [2]string
	for i := range archives {
		out := filepath.Join(folder, "image.tar")
		err := image([]string{"--name=solo.local/x:1", "--out=" + out, "--add=/bin/program=" + program, "--link=/bin/p=program"})
		if err != nil {
			t.Fatal(err)
		}
		text, _ := os.ReadFile(out)
		archives[i] = string(text)
	}
	if archives[0] != archives[1] {
		t.Error("they differ")
	}
	var names []string
	for r := tar.NewReader(strings.NewReader(archives[0])); ; {
		header, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, header.Name)
	}
	if len(names) != 3 || names[0] != "manifest.json" {
		t.Errorf("got %s", names)
	}
}
