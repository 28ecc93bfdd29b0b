// A started node with a type "T" and a group "db": where most tests of the RCM begin.
#pragma once

#include "golden/world.h"

namespace holdfast::rcm {

struct Node : World {
  Node() {
    start();
    type("T");
    group("db");
  }
  void up(const std::string& name) {
    create(name, "db");
    online(name);
    settle();
  }
};

}  // namespace holdfast::rcm
