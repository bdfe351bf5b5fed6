{{- define "solo.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "solo.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains (include "solo.name" .) .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "solo.name" .) | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "solo.labels" -}}
{{ include "solo.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "solo.selector" -}}
app.kubernetes.io/name: {{ include "solo.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "solo.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "solo.controllerAccount" -}}
{{- .Values.serviceAccount.controllerName | default (printf "%s-controller" (include "solo.fullname" .)) -}}
{{- end -}}

{{- define "solo.nodeAccount" -}}
{{- .Values.serviceAccount.nodeName | default (printf "%s-node" (include "solo.fullname" .)) -}}
{{- end -}}

{{/* The account that has the controllers' rights: the node's where both halves are one process. */}}
{{- define "solo.controllingAccount" -}}
{{- if .Values.driver.bundled -}}{{ include "solo.nodeAccount" . }}{{- else -}}{{ include "solo.controllerAccount" . }}{{- end -}}
{{- end -}}

{{/* "true" or nothing, as the next one. A wrong guess would leave pods waiting for ever, so an external driver's is asked for. */}}
{{- define "solo.attachRequired" -}}
{{- $said := .Values.csiDriver.attachRequired -}}
{{- if and (kindIs "invalid" $said) (not .Values.driver.bundled) -}}
{{- fail (printf "csiDriver.attachRequired: say true or false, as the CSIDriver in the manifests of %s does" .Values.driver.name) -}}
{{- end -}}
{{- if $said -}}true{{- end -}}
{{- end -}}

{{- define "solo.storageCapacity" -}}
{{- $said := .Values.csiDriver.storageCapacity -}}
{{- if and (kindIs "invalid" $said) (not .Values.driver.bundled) -}}
{{- fail (printf "csiDriver.storageCapacity: say true if %s has the capability GET_CAPACITY and false if not, as the CSIDriver in its manifests does" .Values.driver.name) -}}
{{- end -}}
{{- if ternary .Values.driver.bundled $said (kindIs "invalid" $said) -}}true{{- end -}}
{{- end -}}

{{/* "true" where nodes take their own snapshots, and snapshot-controller is the only one that runs in the middle. */}}
{{- define "solo.snapshotControllerAlone" -}}
{{- and .Values.snapshotController.enabled .Values.driver.bundled (not .Values.driver.singleNode) -}}
{{- end -}}

{{/* Flags of whatever provisions, attaches or grows. */}}
{{- define "solo.controllingArgs" -}}
{{- if include "solo.storageCapacity" . }}
- --enable-capacity
{{- end }}
- --provisioner-timeout={{ .Values.timeouts.provisioner }}
{{- end -}}

{{- define "solo.leadingArgs" -}}
- --controllers={{ .Values.controller.controllers }}{{ if .Values.snapshotController.enabled }},snapshot-controller{{ end }}
- --attacher-timeout={{ .Values.timeouts.attacher }}
- --resize-timeout={{ .Values.timeouts.resize }}
- --snapshotter-timeout={{ .Values.timeouts.snapshotter }}
{{ include "solo.electionArgs" . }}
{{- end -}}

{{- define "solo.electionArgs" -}}
- --leader-election
- --leader-election-namespace=$(NAMESPACE)
- --leader-election-lease-duration={{ .Values.leaderElection.leaseDuration }}
- --leader-election-renew-deadline={{ .Values.leaderElection.renewDeadline }}
- --leader-election-retry-period={{ .Values.leaderElection.retryPeriod }}
{{- end -}}

{{- define "solo.env" -}}
- name: NODE_NAME
  valueFrom:
    fieldRef:
      fieldPath: spec.nodeName
- name: POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
- name: POD_UID
  valueFrom:
    fieldRef:
      fieldPath: metadata.uid
- name: NAMESPACE
  valueFrom:
    fieldRef:
      fieldPath: metadata.namespace
{{- end -}}

{{/* Context: root, settings of the half, and the path that says whether a restart would help. */}}
{{- define "solo.probes" -}}
{{- if .half.httpPort }}
ports:
  - name: http
    containerPort: {{ .half.httpPort }}
startupProbe:
  httpGet: {path: {{ .livenessPath }}, port: http}
  periodSeconds: 2
  timeoutSeconds: 5
  failureThreshold: 60
livenessProbe:
  httpGet: {path: {{ .livenessPath }}, port: http}
  periodSeconds: 20
  timeoutSeconds: 10
  failureThreshold: 5
readinessProbe:
  httpGet: {path: /readyz, port: http}
  periodSeconds: 10
  timeoutSeconds: 5
{{- end }}
{{- end -}}

{{/* Replicas of one component on different nodes where there are some. Context: root, component. */}}
{{- define "solo.keptApart" -}}
podAntiAffinity:
  preferredDuringSchedulingIgnoredDuringExecution:
    - weight: 100
      podAffinityTerm:
        topologyKey: kubernetes.io/hostname
        labelSelector:
          matchLabels:
            {{- include "solo.selector" .root | nindent 12 }}
            app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{/* What the CRD's spec.conversion and the certificate name. */}}
{{- define "solo.conversionWebhook" -}}
{{- printf "%s-conversion" (include "solo.fullname" .) -}}
{{- end -}}
