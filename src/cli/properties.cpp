// get and set of common and private properties.
#include <clusapi.h>

#include "cli/commands.h"
#include "cli/property_list.h"
#include "cli/text.h"

namespace holdfast::cli {
namespace {

/// The five codes that a noun has for one kind of property.
struct Codes {
  DWORD getReadOnly, get, set, formats;
};

Codes codesOf(Noun noun, bool privateOnes) {
  DWORD object = CLUS_OBJECT_RESOURCE;
  switch (noun) {
    case Noun::Cluster:
      object = CLUS_OBJECT_CLUSTER;
      break;
    case Noun::Node:
      object = CLUS_OBJECT_NODE;
      break;
    case Noun::Group:
      object = CLUS_OBJECT_GROUP;
      break;
    case Noun::ResourceType:
      object = CLUS_OBJECT_RESOURCE_TYPE;
      break;
    case Noun::Resource:
      break;
  }
  // Operation and access bits are the same for every object (CC §1); only the object's byte differs.
  const auto code = [&](DWORD ofResource) { return (ofResource & 0x00FFFFFFu) | (object << 24); };
  if (privateOnes) {
    return {code(CLUSCTL_RESOURCE_GET_RO_PRIVATE_PROPERTIES), code(CLUSCTL_RESOURCE_GET_PRIVATE_PROPERTIES),
            code(CLUSCTL_RESOURCE_SET_PRIVATE_PROPERTIES), code(CLUSCTL_RESOURCE_GET_PRIVATE_PROPERTY_FMTS)};
  }
  return {code(CLUSCTL_RESOURCE_GET_RO_COMMON_PROPERTIES), code(CLUSCTL_RESOURCE_GET_COMMON_PROPERTIES),
          code(CLUSCTL_RESOURCE_SET_COMMON_PROPERTIES), code(CLUSCTL_RESOURCE_GET_COMMON_PROPERTY_FMTS)};
}

/// An object of any noun, opened once.
class Target {
 public:
  Target(const Cluster& cluster, Noun noun, const std::string& name) : cluster_(cluster), noun_(noun), name_(name) {
    if (noun == Noun::Group) group_.emplace(cluster.group(name));
    if (noun == Noun::Resource) resource_.emplace(cluster.resource(name));
    if (noun == Noun::Node) node_.emplace(cluster.node(name));
  }

  std::vector<std::uint8_t> control(DWORD code, const std::vector<std::uint8_t>& input, std::string_view doing) const {
    switch (noun_) {
      case Noun::Cluster:
        return cluster_.clusterControl(code, input, doing);
      case Noun::Node:
        return cluster_.nodeControl(node_->get(), code, input, doing);
      case Noun::Group:
        return cluster_.groupControl(group_->get(), code, input, doing);
      case Noun::ResourceType:
        return cluster_.typeControl(name_, code, input, doing);
      case Noun::Resource:
        break;
    }
    return cluster_.resourceControl(resource_->get(), code, input, doing);
  }

  /// A list that may be declined: then it is empty (types need not have read-only or private properties).
  std::vector<Property> read(DWORD code, bool readOnly) const {
    const std::string doing = "cannot read the properties of \"" + name_ + "\"";
    std::vector<std::uint8_t> list;
    try {
      list = control(code, {}, doing);
    } catch (const Failure& failure) {
      if (failure.code == Cluster::kDeclined) return {};
      throw;
    }
    auto properties = parsePropertyList(list);
    if (!properties)
      throw Failure{ERROR_INVALID_DATA, doing + ": the list is malformed (its resource DLL made it)", kRefused};
    for (auto& property : *properties) property.readOnly = readOnly;
    return *properties;
  }

 private:
  const Cluster& cluster_;
  Noun noun_;
  std::string name_;
  std::optional<GroupHandle> group_;
  std::optional<ResourceHandle> resource_;
  std::optional<NodeHandle> node_;
};

struct Assignment {
  std::string name;
  std::optional<Format> format;  ///< given as NAME:dword=…
  std::string value;
};

Assignment parseAssignment(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw Failure{
        0,
        "\"" + text +
            "\" is no assignment: write NAME=VALUE, or NAME:dword=VALUE for a property that does not exist yet",
        kUsage};
  }
  Assignment assignment{text.substr(0, equals), std::nullopt, text.substr(equals + 1)};
  const std::size_t colon = assignment.name.find(':');
  if (colon != std::string::npos) {
    assignment.format = formatFromWord(assignment.name.substr(colon + 1));
    if (!assignment.format) {
      throw Failure{0,
                    "\"" + assignment.name.substr(colon + 1) +
                        "\" is no format: string, dword, long, word, qword, expandstring, multistring, binary",
                    kUsage};
    }
    assignment.name.resize(colon);
  }
  return assignment;
}

}  // namespace

void getProperties(Context& context, Noun noun, const std::string& name, bool privateOnes,
                   const std::vector<std::string>& only) {
  const Cluster cluster;
  const Target target(cluster, noun, name);
  const Codes codes = codesOf(noun, privateOnes);
  std::vector<Property> properties = target.read(codes.getReadOnly, true);
  for (auto& property : target.read(codes.get, false)) properties.push_back(std::move(property));

  Table table{{"name", "value", "format", "read_only"}, {"PROPERTY", "VALUE", "FORMAT", "ACCESS"}, {}};
  std::vector<std::string> missing = only;
  for (const auto& property : properties) {
    if (!only.empty()) {
      const auto wanted =
          std::find_if(missing.begin(), missing.end(), [&](const auto& text) { return sameName(text, property.name); });
      if (wanted == missing.end()) continue;
      missing.erase(wanted);
    }
    table.rows.push_back({property.name, property.value, std::string(formatWord(property.format)),
                          context.output.json() ? Cell(property.readOnly)
                                                : Cell(std::string(property.readOnly ? "read only" : "read, write"))});
  }
  if (!missing.empty()) {
    throw Failure{ERROR_FILE_NOT_FOUND,
                  "\"" + name + "\" has no " + (privateOnes ? "private" : "common") + " property \"" + missing.front() +
                      "\"; without a name all are listed" + (privateOnes ? "" : ", --private lists the type's own"),
                  kRefused};
  }
  context.output.table("properties", table, table.rows.empty() ? "no properties" : "");
}

void setProperties(Context& context, Noun noun, const std::string& name, bool privateOnes,
                   const std::vector<std::string>& assignments) {
  const Cluster cluster;
  const Target target(cluster, noun, name);
  const Codes codes = codesOf(noun, privateOnes);
  const std::vector<Property> known = target.read(codes.get, false);
  PropertyListBuilder list;
  for (const auto& text : assignments) {
    const Assignment assignment = parseAssignment(text);
    Format format = assignment.format.value_or(Format::Sz);
    for (const auto& property : known) {
      if (!assignment.format && sameName(property.name, assignment.name)) format = property.format;
    }
    list.add(assignment.name, format, assignment.value);
  }
  target.control(codes.set, list.take(), "cannot set properties of \"" + name + "\"");
  for (const auto& text : assignments) context.output.line("set " + text);
  context.output.member("set", assignments);
}

}  // namespace holdfast::cli
