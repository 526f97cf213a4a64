using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (
      name = "main",
      worker = (
        modules = [(name = "worker.js", esModule = embed "worker.js")],
        compatibilityDate = "2026-01-01",
        bindings = [
          (name = "baseUrl", fromEnvironment = "BASE_URL"),
          (name = "cutUrl", fromEnvironment = "CUT_URL"),
        ],
        globalOutbound = "loopback",
      ),
    ),
    (name = "loopback", network = (allow = ["local"])),
  ],
);
