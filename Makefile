# What is deployed: one file, bootstrap, that holds every function. `sam build` runs build-<the function's logical id> in a copy of
# this folder; `make help` tells people the rest.

FUNCTIONS := OnImagePushed ListRepositories ReconcileRepository

# The template's default Architecture. The other one: ARCH=x86_64 sam build, ARCH=x86_64 make publish.
ARCH ?= arm64

# registry: the packages of AWS. standin: what src/StandIns has in their place. auto: the packages of AWS if they can be restored from this
# machine's package sources, otherwise what stands in for them. The bootstrap says which it was built with, and scripts/health reads that.
AWS_PACKAGES ?= auto
PACKAGES_auto := auto
PACKAGES_registry := registry
PACKAGES_standin := standin
PACKAGES = $(or $(PACKAGES_$(AWS_PACKAGES)),$(error AWS_PACKAGES is "$(AWS_PACKAGES)": auto, registry or standin))

# Amazon Linux 2023, which provided.al2023 is, has this version of glibc; what needs a later one does not start there.
GLIBC := 2.34

RUNTIME_arm64 := linux-arm64
RUNTIME_x86_64 := linux-x64
MACHINE_arm64 := AArch64
MACHINE_x86_64 := X86-64
RUNTIME = $(or $(RUNTIME_$(ARCH)),$(error ARCH is "$(ARCH)": arm64 or x86_64))
BOOTSTRAP = artifacts/bootstrap/$(RUNTIME)/publish/bootstrap

# command or file:package. A host's own architecture takes a C compiler, to link with, and binutils; from x86_64 to arm64 it takes clang,
# lld and Debian's cross libraries.
HOST := $(subst $() ,_,$(shell uname -sm))
TOOLS_Linux_x86_64_x86_64 := dotnet:dotnet-sdk-10.0 $(shell command -v clang || echo gcc):gcc objcopy:binutils readelf:binutils
TOOLS_Linux_aarch64_arm64 := $(TOOLS_Linux_x86_64_x86_64)
TOOLS_Linux_x86_64_arm64 := dotnet:dotnet-sdk-10.0 clang:clang ld.lld:lld readelf:binutils \
  aarch64-linux-gnu-gcc:gcc-aarch64-linux-gnu aarch64-linux-gnu-objcopy:binutils-aarch64-linux-gnu \
  /usr/aarch64-linux-gnu/lib/crt1.o:libc6-dev-arm64-cross
TOOLS = $(if $(RUNTIME),$(or $(TOOLS_$(HOST)_$(ARCH)),$(error an $(ARCH) bootstrap is not built on $(HOST): \
  Linux on x86_64 builds arm64 and x86_64, Linux on aarch64 builds arm64)))

BUILDS := $(FUNCTIONS:%=build-%)
PUBLISH = dotnet publish src/PushPruner.Lambda -p:BootstrapRuntime=$(RUNTIME)
RESTORE = dotnet restore src/PushPruner.Lambda -p:BootstrapRuntime=$(RUNTIME)
RESTORE_LOG = artifacts/bootstrap/$(RUNTIME)/registry-restore.log
WARNINGS = artifacts/bootstrap/$(RUNTIME)/warnings.log

.PHONY: help tools publish artifacts-dir clean $(BUILDS)

help:
	@echo 'make publish        $(BOOTSTRAP), checked'
	@echo 'make tools          prints what is missing for that'
	@echo 'make clean          removes what publish made'
	@echo '$(BUILDS): what sam build calls, with ARTIFACTS_DIR'
	@echo
	@echo 'ARCH is $(ARCH); arm64 or x86_64.'
	@echo 'AWS_PACKAGES is $(PACKAGES); registry takes the packages of AWS, standin takes src/StandIns instead,'
	@echo '  auto takes the packages of AWS if they can be restored. make publish says which it took.'

tools:
	@status=0; for tool in $(TOOLS); do \
	  command -v "$${tool%:*}" >/dev/null || test -f "$${tool%:*}" || \
	  { echo "$${tool%:*} is missing: apt-get install $${tool#*:}" >&2; status=1; }; \
	done; exit $$status

# The mode is settled before anything is built: a restore that fails leaves a reason, and the build then takes the stand-ins.
publish: tools
	@packages=$(PACKAGES); why=; \
	if [ $$packages = auto ]; then \
	  mkdir -p $(dir $(RESTORE_LOG)); \
	  if $(RESTORE) -p:AwsPackages=registry >$(RESTORE_LOG) 2>&1; then packages=registry; else \
	    packages=standin; why=$$(sed -n 's/.*error \(NU[0-9]*: [^[]*\).*/\1/p' $(RESTORE_LOG) | sed 's/\. .*//' | head -n 1); \
	    why=" AWS's own packages can't be restored ($${why:-see $(RESTORE_LOG)})."; \
	  fi; \
	fi; \
	echo "$(PUBLISH) -p:AwsPackages=$$packages"; \
	mkdir -p $(dir $(WARNINGS)); \
	$(PUBLISH) -p:AwsPackages=$$packages '-flp:LogFile=$(WARNINGS);WarningsOnly' || exit; \
	if grep 'warning IL' $(WARNINGS) | grep -v 'warning IL2026: AWS\.Lambda\.Powertools\.' >&2; then \
	  rm -rf artifacts/bootstrap/$(RUNTIME); \
	  echo "Native code may lack what these warnings are about. Only Powertools' own IL2026 is accepted." >&2; exit 1; \
	fi; \
	case $$packages in \
	  registry) echo "$(BOOTSTRAP) is built with AWS's own packages." ;; \
	  standin) echo "$(BOOTSTRAP) is built with the stand-ins of src/StandIns.$$why" ;; \
	esac
	@LC_ALL=C readelf --file-header $(BOOTSTRAP) | grep -q 'Machine:.*$(MACHINE_$(ARCH))$$' || \
	  { echo '$(BOOTSTRAP) is not for $(ARCH):' >&2; LC_ALL=C readelf --file-header $(BOOTSTRAP) | grep Machine: >&2; exit 1; }
	@needed=$$(readelf --version-info $(BOOTSTRAP) | grep -o 'GLIBC_[0-9.]*' | cut -d_ -f2 | sort -uV | tail -n 1); \
	  test "$$(printf '%s\n' $(GLIBC) "$$needed" | sort -V | tail -n 1)" = $(GLIBC) || \
	  { echo "$(BOOTSTRAP) needs glibc $$needed, and Lambda has $(GLIBC): build on an older Linux, such as Debian 12" >&2; exit 1; }

artifacts-dir:
	@test -n "$(ARTIFACTS_DIR)" || { echo 'ARTIFACTS_DIR is not set: sam build does that; make publish needs none' >&2; exit 1; }

$(BUILDS): artifacts-dir publish
	mkdir -p "$(ARTIFACTS_DIR)"
	cp $(BOOTSTRAP) "$(ARTIFACTS_DIR)/bootstrap"

clean:
	rm -rf artifacts/bootstrap
