#include "cli/arguments.h"

#include <CLI/CLI.hpp>
#include <memory>

namespace holdfast::cli {
namespace {

constexpr const char* kFooter = R"(
Every changing command waits until the change is done and shows progress; --no-wait returns at once.
Exit codes: 0 done; 1 refused by the cluster; 2 bad command line; 3 no Cluster service; 4 still going after --timeout; 5 ended in Failed.
`cluster NOUN --help` lists what can be done with a noun.)";

/// What the options of all commands are bound to while the line is read.
struct Bound {
  std::string name, newName, group, provider;
  NewResource resource;
  NewResourceType type;
  bool privateOnes = false, follow = false;
  std::vector<std::string> names;
  std::uint64_t after = 0;
  std::int64_t from_ns = 0;
  std::uint32_t count = 100;
};

class Reader {
 public:
  Reader() : app_("Holdfast: keeps resources online. Without a command: the status of the cluster.", "cluster") {
    app_.footer(kFooter);
    app_.add_flag("--json", arguments_.json, "one JSON document instead of text");
    app_.add_option("--dir", arguments_.directory,
                    "folder of a private cluster (./run --keep prints it); default: this node's service")
        ->type_name("DIR");
    app_.add_flag("!--no-wait", arguments_.wait.wait, "return as soon as the change is accepted");
    app_.add_option_function<double>(
            "--timeout",
            [this](const double& seconds) {
              arguments_.wait.timeout = std::chrono::milliseconds(static_cast<long long>(seconds * 1000));
            },
            "how long to wait for a change, in seconds (180)")
        ->type_name("SECONDS")
        ->check(CLI::Range(0.0, 1e6));
    app_.set_version_flag("--version", std::string("cluster ") + HOLDFAST_VERSION);
    app_.fallthrough();
    status();
    node();
    group();
    resource();
    resourceType();
    properties(&app_, Noun::Cluster, "of the cluster");
    story();
  }

  Arguments read(std::vector<std::string> words) {
    std::reverse(words.begin(), words.end());
    try {
      app_.parse(std::move(words));
    } catch (const CLI::Success& success) {
      std::ostringstream out, err;
      app_.exit(success, out, err);
      arguments_.help = out.str();
      return std::move(arguments_);
    } catch (const CLI::ParseError& error) {
      throw Failure{0,
                    std::string(error.what()) + "\n  `cluster --help` and `cluster NOUN --help` tell what is possible",
                    kUsage};
    }
    if (!arguments_.command) arguments_.command = showStatus;
    return std::move(arguments_);
  }

 private:
  using Run = std::function<void(Context&, const Bound&)>;

  /// A verb below `noun` that runs `run` with what was bound.
  CLI::App* verb(CLI::App* noun, const char* name, const char* text, Run run) {
    CLI::App* command = noun->add_subcommand(name, text);
    command->fallthrough();
    command->final_callback([this, run = std::move(run)] {
      arguments_.command = [bound = bound_, run](Context& context) { run(context, *bound); };
    });
    return command;
  }
  CLI::App* named(CLI::App* command, const char* what) {
    command->add_option("name", bound_->name, what)->required()->type_name("NAME");
    return command;
  }
  CLI::App* nounOf(const char* name, const char* text, Run list) {
    CLI::App* noun = app_.add_subcommand(name, text);
    noun->fallthrough();
    noun->final_callback([this, noun, list] {
      if (noun->get_subcommands().empty())
        arguments_.command = [bound = bound_, list](Context& context) { list(context, *bound); };
    });
    return noun;
  }

  void status() {
    verb(&app_, "status", "one screen, worst thing first (the same as no command)",
         [](Context& c, const Bound&) { showStatus(c); });
  }

  void node() {
    CLI::App* noun = nounOf("node", "nodes of the cluster", [](Context& c, const Bound&) { listNodes(c); });
    verb(noun, "list", "all nodes and their states", [](Context& c, const Bound&) { listNodes(c); });
    named(verb(noun, "show", "one node", [](Context& c, const Bound& b) { showNode(c, b.name); }), "the node");
    properties(noun, Noun::Node, "of a node");
  }

  void group() {
    CLI::App* noun = nounOf("group", "groups: what is owned and brought online together",
                            [](Context& c, const Bound&) { listGroups(c); });
    verb(noun, "list", "all groups and their states", [](Context& c, const Bound&) { listGroups(c); });
    named(verb(noun, "show", "one group and its resources", [](Context& c, const Bound& b) { showGroup(c, b.name); }),
          "the group");
    named(verb(noun, "create", "an empty group", [](Context& c, const Bound& b) { createGroup(c, b.name); }),
          "its name");
    named(verb(noun, "delete", "an empty group", [](Context& c, const Bound& b) { deleteGroup(c, b.name); }),
          "the group");
    CLI::App* rename = named(verb(noun, "rename", "give it another name",
                                  [](Context& c, const Bound& b) { renameGroup(c, b.name, b.newName); }),
                             "the group");
    rename->add_option("new-name", bound_->newName, "its new name")->required();
    named(verb(noun, "online", "bring all its resources online, providers first",
               [](Context& c, const Bound& b) { onlineGroup(c, b.name); }),
          "the group");
    named(verb(noun, "offline", "take all its resources offline, dependents first",
               [](Context& c, const Bound& b) { offlineGroup(c, b.name); }),
          "the group");
    properties(noun, Noun::Group, "of a group");
  }

  void resource() {
    CLI::App* noun = nounOf("resource", "resources: each one thing kept online",
                            [](Context& c, const Bound& b) { listResources(c, b.group); });
    CLI::App* list = verb(noun, "list", "all resources and their states",
                          [](Context& c, const Bound& b) { listResources(c, b.group); });
    list->add_option("--group", bound_->group, "only those of this group")->type_name("GROUP");
    named(verb(noun, "show", "one resource, what it needs, what needs it",
               [](Context& c, const Bound& b) { showResource(c, b.name); }),
          "the resource");
    CLI::App* create = verb(noun, "create", "a resource, offline", [](Context& c, const Bound& b) {
      NewResource resource = b.resource;
      resource.name = b.name;
      createResource(c, resource);
    });
    named(create, "its name");
    create->add_option("--group", bound_->resource.group, "the group it belongs to")->required()->type_name("GROUP");
    create->add_option("--type", bound_->resource.type, "its resource type")->required()->type_name("TYPE");
    create->add_option("--private", bound_->resource.privateProperties, "private properties to begin with")
        ->type_name("NAME=VALUE");
    create->add_option("--needs", bound_->resource.providers, "resources that must be online before it")
        ->type_name("RESOURCE");
    create->add_flag("--separate-monitor", bound_->resource.separateMonitor, "a monitor process of its own");
    named(verb(noun, "delete", "a resource that is offline",
               [](Context& c, const Bound& b) { deleteResource(c, b.name); }),
          "the resource");
    CLI::App* rename = named(verb(noun, "rename", "give it another name",
                                  [](Context& c, const Bound& b) { renameResource(c, b.name, b.newName); }),
                             "the resource");
    rename->add_option("new-name", bound_->newName, "its new name")->required();
    named(verb(noun, "online", "bring it online, what it needs first",
               [](Context& c, const Bound& b) { onlineResource(c, b.name); }),
          "the resource");
    named(verb(noun, "offline", "take it offline, what needs it first",
               [](Context& c, const Bound& b) { offlineResource(c, b.name); }),
          "the resource");
    named(verb(noun, "fail", "test: treat it as failed, restart policy and all",
               [](Context& c, const Bound& b) { failResource(c, b.name); }),
          "the resource");
    CLI::App* depend = named(verb(noun, "depend", "make it need another resource of its group",
                                  [](Context& c, const Bound& b) { addDependency(c, b.name, b.provider); }),
                             "the dependent");
    depend->add_option("--on", bound_->provider, "the provider")->required()->type_name("RESOURCE");
    CLI::App* undepend = named(verb(noun, "undepend", "end that need",
                                    [](Context& c, const Bound& b) { removeDependency(c, b.name, b.provider); }),
                               "the dependent");
    undepend->add_option("--on", bound_->provider, "the provider")->required()->type_name("RESOURCE");
    properties(noun, Noun::Resource, "of a resource");
  }

  void resourceType() {
    CLI::App* noun = nounOf("restype", "resource types: what can be kept online",
                            [](Context& c, const Bound&) { listResourceTypes(c); });
    verb(noun, "list", "all registered types", [](Context& c, const Bound&) { listResourceTypes(c); });
    named(verb(noun, "show", "one type", [](Context& c, const Bound& b) { showResourceType(c, b.name); }), "the type");
    CLI::App* create = verb(noun, "create", "register a resource DLL's type", [](Context& c, const Bound& b) {
      NewResourceType type = b.type;
      type.name = b.name;
      createResourceType(c, type);
    });
    named(create, "its registered name, which the DLL must know");
    create->add_option("--dll", bound_->type.dll, "path of the resource DLL, or a file name in the resource path")
        ->required()
        ->type_name("FILE");
    create->add_option("--display-name", bound_->type.displayName, "name for people");
    create->add_option("--looks-alive", bound_->type.looksAlive_ms, "default LooksAlive interval, milliseconds (5000)")
        ->type_name("MS");
    create->add_option("--is-alive", bound_->type.isAlive_ms, "default IsAlive interval, milliseconds (60000)")
        ->type_name("MS");
    named(verb(noun, "delete", "a type without resources; the DLL stays",
               [](Context& c, const Bound& b) { deleteResourceType(c, b.name); }),
          "the type");
    properties(noun, Noun::ResourceType, "of a resource type");
  }

  void properties(CLI::App* noun, Noun kind, const char* of) {
    const bool needsName = kind != Noun::Cluster;
    CLI::App* get = verb(noun, "get", (std::string("properties ") + of).c_str(), [kind](Context& c, const Bound& b) {
      getProperties(c, kind, b.name, b.privateOnes, b.names);
    });
    CLI::App* set =
        verb(noun, "set", (std::string("change properties ") + of + ": all of them or none").c_str(),
             [kind](Context& c, const Bound& b) { setProperties(c, kind, b.name, b.privateOnes, b.names); });
    for (CLI::App* command : {get, set}) {
      if (needsName) named(command, "the object");
      command->add_flag("--private", bound_->privateOnes, "the private properties, which its type defines");
    }
    get->add_option("property", bound_->names, "only these")->type_name("PROPERTY");
    set->add_option("assignment", bound_->names, "NAME=VALUE, or NAME:FORMAT=VALUE for a new one")
        ->required()
        ->type_name("NAME=VALUE");
  }

  void story() {
    CLI::App* events = verb(&app_, "events", "what happened, with causes",
                            [](Context& c, const Bound& b) { showEvents(c, b.after, b.count, b.follow); });
    events->add_option("--after", bound_->after, "only those after this number")->type_name("NUMBER");
    events->add_option("-n,--count", bound_->count, "at most so many (100)");
    events->add_flag("--follow", bound_->follow, "go on as they happen; with --json one object a line");
    CLI::App* timeline = named(verb(&app_, "timeline", "what one resource went through, in one line of milliseconds",
                                    [](Context& c, const Bound& b) { showTimeline(c, b.name, b.after, b.from_ns); }),
                               "the resource");
    timeline->add_option("--after", bound_->after, "only events after this number")->type_name("NUMBER");
    timeline->add_option("--from", bound_->from_ns, "count from this moment instead of the first event")
        ->type_name("UNIX-NANOSECONDS");
    CLI::App* ledger = verb(&app_, "outages", "the ledger: which resource was away when, how long, why",
                            [](Context& c, const Bound& b) { showOutages(c, b.after); });
    ledger->add_option("--after", bound_->after, "only events after this number")->type_name("NUMBER");
    CLI::App* log = verb(&app_, "log", "the end of this node's cluster log",
                         [](Context& c, const Bound& b) { showLog(c, b.count); });
    log->add_option("-n,--lines", bound_->count, "how many lines (100)");
    named(verb(&app_, "explain", "why a resource or group is as it is, and what comes next",
               [](Context& c, const Bound& b) { explainObject(c, b.name); }),
          "the resource or group");
  }

  CLI::App app_;
  Arguments arguments_;
  std::shared_ptr<Bound> bound_ = std::make_shared<Bound>();
};

}  // namespace

Arguments parseArguments(const std::vector<std::string>& arguments) { return Reader().read(arguments); }

}  // namespace holdfast::cli
