# For those who have a Docker engine and prefer it: docker build -t solo . in the checkout, for whatever processor the
# engine has (docker buildx build --platform linux/amd64,linux/arm64 for both).
#
# Runtime, options, user and programs are those of `./solo image`, which DockerfileTest compares. Different are: Debian's
# base with its shell and package manager is in it, there is no class archive (each start costs 1.2 s of CPU more), and
# two builds have two digests. Solo is built inside, so the engine has to reach Maven's and Debian's repositories.

# Short names, so that the engine's own mirrors apply; name others with --build-arg.
ARG MAVEN=maven:3-eclipse-temurin-25
ARG DEBIAN=debian:12-slim

FROM ${MAVEN} AS build
WORKDIR /src
COPY . .
RUN mvn -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true -pl app -am package
# The module's list of what it needs to run, with where each jar is; then the argument file, jar by jar.
RUN mkdir -p /opt/solo/lib \
 && cp app/target/solo-app-*.jar /opt/solo/lib/ \
 && sed -nE 's/^ *[^:]+:[^:]+:jar:.*:(compile|runtime):([^ ]+\.jar).*/\2/p' app/target/dependencies.txt \
      | xargs cp -t /opt/solo/lib/ \
 && cat app/jvm.options app/container.options > /opt/solo/java.options \
 && { echo -cp; ls /opt/solo/lib/*.jar | paste -sd:; } >> /opt/solo/java.options
RUN jlink --add-modules=java.base,java.logging,java.management,java.naming,java.net.http,java.xml,jdk.httpserver,jdk.management,jdk.unsupported,jdk.jcmd,jdk.jfr \
      --strip-java-debug-attributes --no-header-files --no-man-pages --compress=zip-0 --output=/opt/solo/runtime

FROM ${DEBIAN}
# Copies and syncs, mounts, and the filesystems that a volume may have. Nothing keeps a setuid bit.
RUN apt-get update \
 && apt-get install -y --no-install-recommends coreutils mount util-linux e2fsprogs xfsprogs btrfs-progs \
 && rm -rf /var/lib/apt/lists/* \
 && find / -xdev -type f -perm /6000 -exec chmod ug-s {} + \
 && echo 'solo:x:65532:65532:solo:/:/' >> /etc/passwd \
 && echo 'solo:x:65532:' >> /etc/group
COPY --from=build /opt/solo /opt/solo
COPY LICENSE /usr/share/doc/solo/LICENSE
ENV LANG=C.UTF-8 MALLOC_ARENA_MAX=1
LABEL org.opencontainers.image.title=solo org.opencontainers.image.licenses=Apache-2.0
USER 65532:65532
WORKDIR /
ENTRYPOINT ["/opt/solo/runtime/bin/java", "@/opt/solo/java.options", "solo.app.Main"]
