package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// Folders that a kubelet writes to whatever its flags say: the device plugin socket, and links to its logs.
var kubeletPlaceholders = []string{"/var/lib/kubelet", "/var/log/containers"}

// mounts runs a kubelet so that a second kubelet of this machine is not disturbed. It is started in a mount namespace
// of its own, hides the folders above, and goes on as the program after "--".
func mounts(arguments []string) error {
	if len(arguments) < 3 || arguments[1] != "--" {
		return errors.New("mounts needs KUBELET_DIR -- ARGV")
	}
	kubelet, argv := arguments[0], arguments[2:]
	for _, mount := range mountsBelow("/") {
		// The kubelet's own folder stays shared: its mounts must be seen by containerd and by a driver on the host.
		if !below(kubelet, mount) {
			_ = unix.Mount("", mount, "", unix.MS_SLAVE, "")
		}
	}
	for _, folder := range kubeletPlaceholders {
		if below(folder, kubelet) {
			continue
		}
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		if err := unix.Mount("tmpfs", folder, "tmpfs", 0, "mode=755"); err != nil {
			return fmt.Errorf("cannot hide %s: %w", folder, err)
		}
	}
	return syscall.Exec(argv[0], argv, os.Environ())
}

// shareMounts makes a folder a mount of its own, so that what is mounted below it is seen in every namespace that has
// it (mount propagation Bidirectional), without touching how the machine's root is mounted.
func shareMounts(folder string) error {
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return err
	}
	if err := unix.Mount(folder, folder, "", unix.MS_BIND, ""); err != nil {
		return err
	}
	// Private first: on a shared parent the new mount would stay in the parent's peer group.
	if err := unix.Mount("", folder, "", unix.MS_PRIVATE, ""); err != nil {
		return err
	}
	return unix.Mount("", folder, "", unix.MS_SHARED, "")
}

// unmountBelow takes away the mounts at and below a folder, the last made first.
func unmountBelow(folder string) error {
	for range 16 {
		mounted := mountsBelow(folder)
		if len(mounted) == 0 {
			return nil
		}
		for _, path := range slices.Backward(mounted) {
			if unix.Unmount(path, unix.UMOUNT_NOFOLLOW) != nil {
				_ = unix.Unmount(path, unix.UMOUNT_NOFOLLOW|unix.MNT_DETACH)
			}
		}
	}
	return fmt.Errorf("cannot unmount %s", mountsBelow(folder)[0])
}

// mountsBelow lists mount points at and below a folder, in the order in which they were made.
func mountsBelow(folder string) []string {
	text, _ := os.ReadFile("/proc/self/mountinfo")
	var found []string
	for line := range strings.Lines(string(text)) {
		if fields := strings.Fields(line); len(fields) > 4 {
			if path := unescape(fields[4]); below(folder, path) {
				found = append(found, path)
			}
		}
	}
	return found
}

// mountedAnywhere tells whether any namespace has a mount there. Removing such a folder succeeds, and takes the mount
// from under another cluster's kubelet.
func mountedAnywhere(folder string) bool {
	tables, _ := filepath.Glob("/proc/[0-9]*/mountinfo")
	return slices.ContainsFunc(tables, func(table string) bool {
		text, _ := os.ReadFile(table)
		return strings.Contains(string(text), " "+folder+" ")
	})
}

// unescape undoes the kernel's \040 for a space and the like.
func unescape(path string) string {
	var out strings.Builder
	for i := 0; i < len(path); i++ {
		if path[i] == '\\' && i+3 < len(path) {
			if code, err := strconv.ParseUint(path[i+1:i+4], 8, 8); err == nil {
				out.WriteByte(byte(code))
				i += 3
				continue
			}
		}
		out.WriteByte(path[i])
	}
	return out.String()
}

// detachLoops frees the loop devices whose file is in the folder.
func detachLoops(folder string) error {
	files, _ := filepath.Glob("/sys/block/loop*/loop/backing_file")
	for _, file := range files {
		backing, err := os.ReadFile(file)
		path := strings.TrimSuffix(strings.TrimSpace(string(backing)), " (deleted)")
		if err != nil || !below(folder, path) {
			continue
		}
		device, err := os.Open("/dev/" + strings.Split(file, "/")[3])
		if err != nil {
			return err
		}
		err = unix.IoctlSetInt(int(device.Fd()), unix.LOOP_CLR_FD, 0)
		device.Close()
		if err != nil && !errors.Is(err, unix.ENXIO) {
			return fmt.Errorf("cannot detach %s: %w", device.Name(), err)
		}
	}
	return nil
}
