package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestTheCapabilityIsTakenFromTheBundleAndNothingElse(t *testing.T) {
	bundle := t.TempDir()
	file := filepath.Join(bundle, "config.json")
	config := `{"linux":{"limit":9223372036854775807},"process":{"capabilities":{"bounding":["CAP_CHOWN","CAP_SYS_RESOURCE"]}}}`
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := withoutMissing([]string{"runc", "--root", "/x", "create", "--bundle", bundle, "id"}); err != nil {
		t.Fatal(err)
	}
	got, _ := os.ReadFile(file)
	want := `{"linux":{"limit":9223372036854775807},"process":{"capabilities":{"bounding":["CAP_CHOWN"]}}}`
	if string(got) != want {
		t.Errorf("got %s", got)
	}
}

func TestACommandThatStartsNothingIsLeftAlone(t *testing.T) {
	if err := withoutMissing([]string{"runc", "state", "id"}); err != nil {
		t.Error(err)
	}
}
