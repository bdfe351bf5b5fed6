// Command runc stands in front of the real runc, on machines whose capability bounding set lacks CAP_SYS_RESOURCE.
// There runc refuses every privileged container, so the capability is taken out of the bundle's config.json first.
// A program of its own, because containerd starts it several times for each container.
package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

const missing = "CAP_SYS_RESOURCE"

// The real runc, set by the one who starts containerd.
const realRunc = "SOLO_RUNC"

func main() {
	bounded, err := unix.PrctlRetInt(unix.PR_CAPBSET_READ, unix.CAP_SYS_RESOURCE, 0, 0, 0)
	if err == nil && bounded == 0 {
		if err := withoutMissing(os.Args); err != nil {
			fmt.Fprintf(os.Stderr, "cannot remove %s from what runc is to run: %v\n", missing, err)
			os.Exit(1)
		}
	}
	path := os.Getenv(realRunc)
	if path == "" {
		path = "/usr/sbin/runc"
	}
	err = syscall.Exec(path, append([]string{"runc"}, os.Args[1:]...), os.Environ())
	fmt.Fprintf(os.Stderr, "cannot run %s: %v\n", path, err)
	os.Exit(1)
}

// A container comes as a bundle with a config.json around the process, an exec as a file with the process alone.
func withoutMissing(args []string) error {
	switch {
	case slices.Contains(args, "create"):
		bundle := cmp.Or(option(args, "--bundle", "-b"), ".")
		return edit(filepath.Join(bundle, "config.json"), func(config map[string]any) {
			process, _ := config["process"].(map[string]any)
			dropFrom(process)
		})
	case slices.Contains(args, "exec"):
		if process := option(args, "--process", "-p"); process != "" {
			return edit(process, dropFrom)
		}
	}
	return nil
}

func dropFrom(process map[string]any) {
	sets, _ := process["capabilities"].(map[string]any)
	for set, names := range sets {
		list, _ := names.([]any)
		sets[set] = slices.DeleteFunc(list, func(name any) bool { return name == missing })
	}
}

func option(args []string, long, short string) string {
	for i, arg := range args {
		if (arg == long || arg == short) && i+1 < len(args) {
			return args[i+1]
		}
		if value, found := strings.CutPrefix(arg, long+"="); found {
			return value
		}
	}
	return ""
}

func edit(path string, change func(map[string]any)) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	// A map keeps what this program does not know; UseNumber keeps 64-bit limits exact.
	var object map[string]any
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&object); err != nil {
		return err
	}
	change(object)
	if text, err = json.Marshal(object); err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o600)
}
