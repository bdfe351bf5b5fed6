#!/bin/sh
# Brings Solo from this folder into a cluster that reaches no registry. Nothing is downloaded.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

usage() {
  cat <<TEXT
usage: $0 COMMAND
  check                 compares every file with SHA256SUMS
  k3s [single-node] [with-crds]
                        on a k3s server: image and manifest into k3s' folders, from which it starts Solo by itself;
                        single-node for a cluster of one node, whose volumes can grow then; with-crds for a new cluster
                        that cannot be asked yet which CRDs it has: lays those of snapshots down too
  k3s-agent             on every other k3s node: the image only
  ctr                   on every node of another cluster: the image into containerd; then crds and a manifest, or charts/
  crds                  once, where kubectl reaches the cluster: makes the CRDs of snapshots that it lacks
  push REPOSITORY[:TAG] the image to your registry with skopeo; then install charts/ with image.repository set to it
Set DESTDIR to write below another root (k3s), K3S_DATA_DIR if k3s' data is elsewhere, CONTAINERD_ADDRESS for another
containerd socket (ctr).
TEXT
  exit 2
}

check() {
  wrong=$(cd "$here" && sha256sum --check --quiet SHA256SUMS 2>&1) && return
  wrong=$(echo "$wrong" | sed -n 's/: FAILED.*//p' | tr '\n' ' ')
  echo "$0: the bundle is damaged and nothing was done, not as it was made: ${wrong:-SHA256SUMS}" >&2
  exit 1
}

image=$(echo "$here"/images/*.tar)
k3s=${DESTDIR:-}${K3S_DATA_DIR:-/var/lib/rancher/k3s}
manifests=$k3s/server/manifests

# A name that the reader does not look for until the whole file is there.
put() { mkdir -p "$2" && cp "$1" "$2/.part-$(basename "$1")" && mv "$2/.part-$(basename "$1")" "$2/${3:-$(basename "$1")}"; }

# Makes the CRDs that the cluster lacks; $said tells what became of all. Those that are there are somebody's, and create
# writes over none. "$@" is kubectl. Fails if nobody answers.
make_crds() {
  served='{range .items[*]}{.metadata.name}{" "}{.spec.versions[?(@.served==true)].name}{"\n"}{end}'
  there=$("$@" get crd --request-timeout=10s -o "jsonpath=$served" 2>&1) || { said=$(echo "$there" | tail -n 1); return 1; }
  made='' left='' old=''
  for file in "$here"/manifests/crds/*.yaml; do
    name=$(basename "$file" .yaml)
    case "$(echo "$there" | grep "^$name ") " in
      ' ')
        why=$("$@" create -f "$file" 2>&1) || { echo "$0: CRDs made:${made:- none}; $name was refused: $why" >&2; exit 1; }
        made="$made $name"
        ;;
      *' v1 '*) left="$left $name" ;;
      *) old="$old $name" ;;
    esac
  done
  said="CRDs made:${made:- none}; there already and left alone:${left:- none}"
  [ -z "$old" ] || said="$said; left alone too, but they lack v1, which Solo needs, so update them from where they came:$old"
}

# Not below another root: the k3s that answers here is not the one that will run there.
asked_k3s() { [ -z "${DESTDIR:-}" ] && command -v k3s >/dev/null && make_crds k3s kubectl; }

all_crds() { for file in "$here"/manifests/crds/*.yaml; do echo "---"; cat "$file"; done; }

# k3s applies its folder at every start, over whatever the cluster has by then: CRDs go there only where somebody said so.
k3s_crds() {
  if grep -qs '^kind: CustomResourceDefinition' "$manifests/solo.yaml"; then
    # What a file in this folder no longer has, k3s deletes, and with a CRD every object of its kind.
    all_crds >>"$2"
    said="CRDs: they stay in solo.yaml, where an older bundle put them, as k3s would delete them and all snapshots with them"
  elif [ ! -f "$manifests/solo-crds.yaml" ] && asked_k3s; then
    :
  elif [ -f "$manifests/solo-crds.yaml" ] || [ "$1" = with-crds ]; then
    all_crds >"$work/solo-crds.yaml"
    put "$work/solo-crds.yaml" "$manifests"
    said="CRDs: laid down in solo-crds.yaml, which k3s applies at every start"
  elif [ "$manifest" = solo-single-node.yaml ]; then
    echo "$0: nothing was done: single-node serves snapshots and needs their CRDs, and no API server says which the cluster has;" \
      "start k3s first, or say with-crds for a new cluster" >&2
    exit 1
  else
    said="CRDs: none, as no API server says which the cluster has; run '$0 crds' when k3s runs, or '$0 k3s with-crds' for a new cluster"
  fi
}

case "${1:-}" in
  check) check; echo "every file is as it was made" ;;
  k3s)
    check
    manifest=solo.yaml crds=ask
    shift
    for word in "$@"; do
      case $word in
        single-node) manifest=solo-single-node.yaml ;;
        with-crds) crds=with-crds ;;
        *) usage ;;
      esac
    done
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    cp "$here/manifests/$manifest" "$work/solo.yaml"
    k3s_crds "$crds" "$work/solo.yaml"
    put "$image" "$k3s/agent/images"
    put "$work/solo.yaml" "$manifests"
    echo "$said"
    echo "k3s imports the image when it starts: systemctl restart k3s"
    ;;
  k3s-agent)
    check
    put "$image" "$k3s/agent/images"
    echo "k3s imports the image when it starts: systemctl restart k3s-agent"
    ;;
  ctr)
    check
    ctr --address "${CONTAINERD_ADDRESS:-/run/containerd/containerd.sock}" --namespace k8s.io images import "$image"
    ;;
  crds)
    check
    if command -v kubectl >/dev/null; then make_crds kubectl; else make_crds k3s kubectl; fi || {
      echo "$0: the CRDs were not made: $said" >&2
      exit 1
    }
    echo "$said"
    ;;
  push)
    [ -n "${2:-}" ] || usage
    check
    skopeo copy --all "oci-archive:$image" "docker://$2"
    ;;
  *) usage ;;
esac
