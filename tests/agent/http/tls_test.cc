// A real HTTPS upstream (tests/system/upstream.mjs) with a certificate of a CA made for the test.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "agent/http/http_client.h"

namespace lifecycle::http {
namespace {

namespace fs = std::filesystem;

bool have(const char* program) {
  return std::system((std::string("command -v ") + program + " >/dev/null 2>&1").c_str()) == 0;
}

bool shell(const std::string& command) { return std::system(("{ " + command + "; } >/dev/null 2>&1").c_str()) == 0; }

/// A directory with ca.pem, and leaf.pem and leaf.key for 127.0.0.1; another CA in other.pem.
class Certificates {
 public:
  Certificates() {
    std::string pattern = (fs::temp_directory_path() / "lifecycle-tls-XXXXXX").string();
    directory_ = ::mkdtemp(pattern.data());
    std::ofstream(directory_ / "leaf.ext") << "subjectAltName=IP:127.0.0.1\n";
    const std::string key = "openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
    made_ = shell("cd '" + directory_.string() + "' && " + key +
                  " -x509 -days 2 -subj /CN=TestCA -keyout ca.key -out ca.pem && " + key +
                  " -x509 -days 2 -subj /CN=OtherCA -keyout other.key -out other.pem && " + key +
                  " -subj /CN=leaf -keyout leaf.key -out leaf.csr && openssl x509 -req -days 2 -in leaf.csr -CA ca.pem "
                  "-CAkey ca.key -CAcreateserial -extfile leaf.ext -out leaf.pem");
  }
  ~Certificates() { fs::remove_all(directory_); }
  Certificates(const Certificates&) = delete;
  Certificates& operator=(const Certificates&) = delete;
  [[nodiscard]] bool made() const { return made_; }
  [[nodiscard]] std::string file(const char* name) const { return (directory_ / name).string(); }

 private:
  fs::path directory_;
  bool made_ = false;
};

/// node upstream.mjs, ended by the destructor.
class NodeUpstream {
 public:
  /// Speaks TLS when it gets certificates, else plain http.
  explicit NodeUpstream(const Certificates* certificates) {
    int out[2];
    if (::pipe2(out, O_CLOEXEC) != 0) return;
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(out[1], STDOUT_FILENO);
      const char* script = LA_SOURCE_DIR "/tests/system/upstream.mjs";
      if (certificates == nullptr) {
        ::execlp("node", "node", script, nullptr);
      } else {
        const std::string cert = certificates->file("leaf.pem");
        const std::string key = certificates->file("leaf.key");
        ::execlp("node", "node", script, "--cert", cert.c_str(), "--key", key.c_str(), nullptr);
      }
      ::_exit(127);
    }
    ::close(out[1]);
    std::FILE* lines = ::fdopen(out[0], "r");
    char line[200] = "";
    if (std::fgets(line, sizeof line, lines) != nullptr) {
      const std::string text = line;
      const std::size_t at = text.find("http");
      if (at != std::string::npos) url_ = text.substr(at, text.find_last_not_of('\n') + 1 - at) + "/";
    }
    std::fclose(lines);
  }
  ~NodeUpstream() {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
    }
  }
  NodeUpstream(const NodeUpstream&) = delete;
  NodeUpstream& operator=(const NodeUpstream&) = delete;
  [[nodiscard]] const std::string& url() const { return url_; }

 private:
  pid_t pid_ = -1;
  std::string url_;
};

class Tls : public testing::Test {
 protected:
  void SetUp() override {
    if (!have("node") || !have("openssl")) GTEST_SKIP() << "needs node and openssl";
    ASSERT_TRUE(certificates_.made());
    ASSERT_FALSE(upstream_.url().empty());
  }
  [[nodiscard]] Result<HttpResponse> send(const Environment& environment, std::string url = "") const {
    HttpClient client(read_transport_settings(environment));
    return client.send({.url = url.empty() ? upstream_.url() : std::move(url), .headers = {}, .body = "{}"});
  }
  Certificates certificates_;
  NodeUpstream upstream_{&certificates_};
};

TEST_F(Tls, AcceptsACaNamedByTheEnvironmentAndNoOther) {
  for (const char* name : {"SSL_CERT_FILE", "CURL_CA_BUNDLE"}) {
    const auto trusted = send(Environment({{name, certificates_.file("ca.pem")}}));
    ASSERT_TRUE(trusted) << trusted.error().message;
    EXPECT_EQ(trusted->status, 200);
    const auto other = send(Environment({{name, certificates_.file("other.pem")}}));
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, "http-certificate") << other.error().message;
  }
}

TEST_F(Tls, RefusesAnUnknownCaWithAHintAndDoesNotTryAgain) {
  const auto refused = send(Environment());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "http-certificate");
  EXPECT_NE(refused.error().hint.find("SSL_CERT_FILE"), std::string::npos);
  EXPECT_FALSE(is_worth_retrying(refused.error()));
}

TEST_F(Tls, RefusesACertificateOfAnotherName) {
  std::string url = upstream_.url();
  url.replace(url.find("127.0.0.1"), 9, "localhost");
  const auto refused = send(Environment({{"SSL_CERT_FILE", certificates_.file("ca.pem")}}), url);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "http-certificate") << refused.error().message;
}

TEST_F(Tls, NamesACaFileThatCannotBeRead) {
  const auto missing = send(Environment({{"SSL_CERT_FILE", certificates_.file("absent.pem")}}));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, "http-certificate");
  EXPECT_NE(missing.error().message.find("absent.pem"), std::string::npos) << missing.error().message;
}

TEST_F(Tls, SaysThatAPortSpeaksNoTls) {
  const NodeUpstream plain(nullptr);
  std::string url = plain.url();
  ASSERT_TRUE(url.starts_with("http://"));
  const auto refused = send(Environment(), url.insert(4, "s"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "http-tls") << refused.error().message;
  EXPECT_NE(refused.error().hint.find("plain http"), std::string::npos);
}

}  // namespace
}  // namespace lifecycle::http
