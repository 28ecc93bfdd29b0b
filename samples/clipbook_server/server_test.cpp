// The server as a process, talked to over loopback.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "client/connection.h"

namespace {

using clipbook::Connection;
using clipbook::Patience;

Patience const kPatience{std::chrono::seconds{10}};

struct Process {
  pid_t pid = -1;
  int output = -1;

  /// Starts a program of the sample with its standard output in `output`.
  void start(std::vector<std::string> arguments) {
    int ends[2];
    ASSERT_EQ(0, ::pipe2(ends, O_CLOEXEC));
    arguments[0] = std::string(CLIPBOOK_BIN "/") + arguments[0];
    std::vector<char*> words;
    for (std::string& argument : arguments) {
      words.push_back(argument.data());
    }
    words.push_back(nullptr);
    pid = ::fork();
    if (pid == 0) {
      ::dup2(ends[1], 1);
      ::execv(words[0], words.data());
      ::_exit(127);
    }
    ::close(ends[1]);
    output = ends[0];
  }
  std::string readLine() const {
    std::string line;
    char byte = 0;
    while (::read(output, &byte, 1) == 1 && byte != '\n') {
      line += byte;
    }
    return line;
  }
  int end(int signal) {
    int status = -1;
    if (pid > 0) {
      if (signal != 0) {
        ::kill(pid, signal);
      }
      ::waitpid(pid, &status, 0);
      ::close(output);
    }
    pid = -1;
    return status;
  }
  ~Process() { end(SIGKILL); }
};

class ClipBookServer : public testing::Test {
 protected:
  ClipBookServer() {
    char name[] = "/tmp/clipbook.XXXXXX";
    directory_ = ::mkdtemp(name);
  }
  ~ClipBookServer() override {
    server_.end(SIGKILL);
    std::filesystem::remove_all(directory_);
  }
  void start() {
    server_.start({"clipbook-server", "--port", "0", "--data-dir", directory_});
    std::string const line = server_.readLine();
    ASSERT_EQ(0U, line.rfind("listening on 127.0.0.1:", 0)) << line;
    port_ = static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1)));
  }
  std::string ask(std::string const& line) {
    Connection connection;
    return connection.open(port_, kPatience) ? ask(connection, line) : "no connection";
  }
  static std::string ask(Connection& connection, std::string const& line) {
    std::string answer;
    return connection.ask(line, answer, kPatience) ? answer : "no answer";
  }

  std::string directory_;
  Process server_;
  std::uint16_t port_ = 0;
};

TEST_F(ClipBookServer, givesBackWhatWasPut) {
  start();
  EXPECT_EQ("EMPTY", ask("GET"));
  EXPECT_EQ("OK 1", ask("PUT hello, world"));
  EXPECT_EQ("OK 2", ask("PUT again\r"));
  EXPECT_EQ("OK 2 again", ask("GET"));
  Connection connection;
  ASSERT_TRUE(connection.open(port_, kPatience));
  std::string line;
  EXPECT_EQ("OK 2", ask(connection, "LIST"));
  EXPECT_TRUE(connection.next(line, kPatience));
  EXPECT_EQ("1 hello, world", line);
  EXPECT_TRUE(connection.next(line, kPatience));
  EXPECT_EQ("2 again", line);
  EXPECT_EQ("BYE", ask(connection, "QUIT"));
  EXPECT_EQ("no answer", ask(connection, "GET"));
}

TEST_F(ClipBookServer, keepsThePagesApart) {
  start();
  EXPECT_TRUE(clipbook::putAndGet(port_, server_.pid, "probe", kPatience));
  EXPECT_FALSE(clipbook::putAndGet(port_, server_.pid + 1, "probe", kPatience));
  EXPECT_EQ("EMPTY", ask("GET"));
  for (int page = 0; page < 15; ++page) {
    Connection connection;
    ASSERT_TRUE(connection.open(port_, kPatience));
    EXPECT_EQ("OK", ask(connection, "PAGE p" + std::to_string(page)));
    EXPECT_EQ("OK ", ask(connection, "PUT x").substr(0, 3));
  }
  EXPECT_EQ("ERROR too many pages", ask("PUT x"));
}

TEST_F(ClipBookServer, survivesKillWithAllThatItAccepted) {
  start();
  for (int i = 0; i < 50; ++i) {
    ASSERT_EQ("OK ", ask("PUT clip " + std::to_string(i)).substr(0, 3));
  }
  server_.end(SIGKILL);
  start();
  EXPECT_EQ("OK 50 clip 49", ask("GET"));
  EXPECT_EQ("OK 50", ask("LIST"));
  EXPECT_EQ("OK 51", ask("PUT next"));
}

TEST_F(ClipBookServer, cutsOffATornRecordAndPassesOverADamagedOne) {
  start();
  ASSERT_EQ("OK 1", ask("PUT first"));
  ASSERT_EQ("OK 2", ask("PUT second"));
  server_.end(SIGKILL);
  std::fstream file(directory_ + "/clips", std::ios::in | std::ios::out);
  file.seekp(12);
  file << '!';  // inside the first record
  file.seekp(0, std::ios::end);
  file << "0badc0de 3 clipboard half";
  file.close();
  start();
  EXPECT_EQ("OK 1", ask("LIST"));
  EXPECT_EQ("OK 2 second", ask("GET"));
  EXPECT_EQ("OK 3", ask("PUT third"));
  server_.end(SIGKILL);
  start();
  EXPECT_EQ("OK 3 third", ask("GET"));
}

TEST_F(ClipBookServer, keepsHistoryAndFileBounded) {
  start();
  Connection connection;
  ASSERT_TRUE(connection.open(port_, kPatience));
  std::string const text(500, 'x');
  for (int i = 1; i <= 1500; ++i) {
    ASSERT_EQ("OK " + std::to_string(i), ask(connection, "PUT " + text));
  }
  EXPECT_EQ("OK 100", ask("LIST"));
  EXPECT_LT(std::filesystem::file_size(directory_ + "/clips"), 600U * 1200U);
  server_.end(SIGKILL);
  start();
  EXPECT_EQ("OK 1500 " + text, ask("GET"));
  EXPECT_EQ("OK 100", ask("LIST"));
}

TEST_F(ClipBookServer, refusesGarbageAndGoesOn) {
  start();
  EXPECT_EQ("ERROR", ask("").substr(0, 5));
  EXPECT_EQ("ERROR", ask("put lower case").substr(0, 5));
  EXPECT_EQ("ERROR", ask("PUT ").substr(0, 5));
  EXPECT_EQ("ERROR", ask("GET 1").substr(0, 5));
  EXPECT_EQ("ERROR", ask("PAGE ../etc").substr(0, 5));
  EXPECT_EQ("ERROR", ask(std::string("PUT a\x01z")).substr(0, 5));
  EXPECT_EQ("ERROR", ask(std::string("PUT a\0z", 7)).substr(0, 5));
  EXPECT_EQ("ERROR", ask("PUT " + std::string(4001, 'x')).substr(0, 5));
  EXPECT_EQ("ERROR line too long", ask(std::string(5000, 'x')));
  EXPECT_EQ("OK 1", ask("PUT " + std::string(4000, 'x')));
  unsigned seed = 1;
  for (int round = 0; round < 200; ++round) {
    std::string noise;
    for (int i = 0; i < 300; ++i) {
      noise += static_cast<char>((seed = seed * 1103515245U + 12345U) >> 16);
    }
    ask(noise);
  }
  EXPECT_EQ("OK 2", ask("PUT still here"));
}

TEST_F(ClipBookServer, answersPipelinedQuestionsOfASlowReader) {
  start();
  Connection connection;
  ASSERT_TRUE(connection.open(port_, kPatience));
  std::string const text(4000, 'y');
  for (int i = 0; i < 100; ++i) {
    ask(connection, "PUT " + text);
  }
  std::string line;
  ASSERT_EQ("OK 100", ask(connection, "LIST\nLIST\nLIST"));
  for (int i = 0; i < 302; ++i) {
    ASSERT_TRUE(connection.next(line, kPatience)) << i;
  }
  EXPECT_EQ("100 " + text, line);
}

TEST_F(ClipBookServer, servesANewClientWhileManySilentOnesHangOn) {
  start();
  std::vector<std::unique_ptr<Connection>> silent;
  for (int i = 0; i < 300; ++i) {
    silent.push_back(std::make_unique<Connection>());
    ASSERT_TRUE(silent.back()->open(port_, kPatience));
  }
  EXPECT_EQ("OK 1", ask("PUT hello"));
}

TEST_F(ClipBookServer, refusesADirectoryInUseAndAPortInUse) {
  start();
  Process second;
  second.start({"clipbook-server", "--port", "0", "--data-dir", directory_});
  EXPECT_EQ(3, WEXITSTATUS(second.end(0)));
  std::filesystem::create_directory(directory_ + "/other");
  second.start({"clipbook-server", "--port", std::to_string(port_), "--data-dir", directory_ + "/other"});
  EXPECT_EQ(4, WEXITSTATUS(second.end(0)));
  second.start({"clipbook-server", "--port", "99999", "--data-dir", directory_});
  EXPECT_EQ(2, WEXITSTATUS(second.end(0)));
}

TEST_F(ClipBookServer, writesItsPidAndEndsCleanlyOnSigterm) {
  start();
  std::ifstream file(directory_ + "/server.pid");
  pid_t written = 0;
  file >> written;
  EXPECT_EQ(server_.pid, written);
  int const status = server_.end(SIGTERM);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  EXPECT_FALSE(std::filesystem::exists(directory_ + "/server.pid"));
}

TEST_F(ClipBookServer, aWatcherPrintsADotPerAnswerAndAnXWithoutOne) {
  start();
  std::string const port = std::to_string(port_);
  Process client;
  client.start(
      {"clipbook-client", "--port", port, "watch", "--interval-ms", "1", "--count", "4", "--dots-per-line", "3"});
  EXPECT_EQ("...", client.readLine());
  EXPECT_EQ(".", client.readLine());
  EXPECT_EQ(0, client.end(0));
  client.start({"clipbook-client", "--port", port, "put", "by client"});
  EXPECT_EQ("OK 1", client.readLine());
  EXPECT_EQ(0, client.end(0));
  client.start({"clipbook-client", "--port", port, "list"});
  EXPECT_EQ("OK 1", client.readLine());
  EXPECT_EQ("1 by client", client.readLine());
  EXPECT_EQ(0, client.end(0));
  server_.end(SIGKILL);
  client.start({"clipbook-client", "--port", port, "watch", "--interval-ms", "1", "--count", "2"});
  EXPECT_EQ("xx", client.readLine());
  EXPECT_EQ(0, client.end(0));
}

}  // namespace
