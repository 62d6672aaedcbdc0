// The native side of the bench: FlatBuffers' C++ library, doing the same jobs on the same files.
// Reads one command a line from stdin, words separated by tabs, and answers with one line:
//   prepare SLOT JOB KEY=VALUE...  ->  ready KEY=VALUE... | skip REASON
//   run SLOT COUNT                 ->  ns TOTAL PROCESSOR-TIME
//   drop SLOT                      ->  dropped
#include <cstdint>
#include <ctime>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "flatbuffers/idl.h"
#include "flatbuffers/reflection.h"
#include "generated-verifiers.h"

namespace {

using Arguments = std::map<std::string, std::string>;

struct Job {
  std::function<bool()> once;
  std::string facts;
};

std::string fileContent(const std::string &path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("can't read " + path);
  std::stringstream content;
  content << in.rdbuf();
  return content.str();
}

// The same hash as in children/digest.mjs, to see that both sides gave the same text.
std::string digest(const uint8_t *data, size_t length) {
  uint32_t hash = 2166136261u;
  for (size_t i = 0; i < length; i++) hash = (hash ^ data[i]) * 16777619u;
  return "length=" + std::to_string(length) + "\thash=" + std::to_string(hash);
}

// What every job has: the buffer, and a parser that knows the binary schema.
struct Context {
  std::string data;
  std::string schemaBytes;
  flatbuffers::Parser parser;
  std::string text;

  explicit Context(const Arguments &arguments)
      : data(fileContent(arguments.at("data"))), schemaBytes(fileContent(arguments.at("bfbs"))), parser(options(arguments)) {
    auto bytes = reinterpret_cast<const uint8_t *>(schemaBytes.data());
    if (!parser.Deserialize(bytes, schemaBytes.size())) throw std::runtime_error("schema not taken: " + parser.error_);
    if (!parser.SetRootType(arguments.at("rootType").c_str())) throw std::runtime_error("no such root type");
  }

  static flatbuffers::IDLOptions options(const Arguments &arguments) {
    flatbuffers::IDLOptions chosen;
    chosen.strict_json = true;
    // Without a language the parser refuses unions of structs and strings.
    chosen.lang_to_generate = flatbuffers::IDLOptions::kCpp;
    if (arguments.count("indent")) chosen.indent_step = std::stoi(arguments.at("indent"));
    return chosen;
  }

  const uint8_t *bytes() const { return reinterpret_cast<const uint8_t *>(data.data()); }
  const reflection::Schema *schema() const { return reflection::GetSchema(schemaBytes.data()); }
};

Job verifyByReflection(const std::shared_ptr<Context> &context, const Arguments &arguments) {
  auto root = context->schema()->objects()->LookupByKey(arguments.at("rootType").c_str());
  if (root == nullptr) throw std::runtime_error("no such root type");
  return {[=] { return flatbuffers::Verify(*context->schema(), *root, context->bytes(), context->data.size()); }, ""};
}

Job verifyGenerated(const std::shared_ptr<Context> &context, const Arguments &arguments) {
  auto verify = generatedVerifier(arguments.at("rootType"));
  if (verify == nullptr) throw std::runtime_error("no generated verifier for " + arguments.at("rootType"));
  return {[=] {
            flatbuffers::Verifier verifier(context->bytes(), context->data.size());
            return verify(verifier);
          },
          ""};
}

// The text's memory is kept between calls, so that what is measured is printing alone.
Job generateText(const std::shared_ptr<Context> &context, const Arguments &) {
  auto once = [=] {
    context->text.clear();
    return flatbuffers::GenerateText(context->parser, context->bytes(), &context->text);
  };
  once();
  return {once, digest(reinterpret_cast<const uint8_t *>(context->text.data()), context->text.size())};
}

Job parseJson(const std::shared_ptr<Context> &context, const Arguments &arguments) {
  auto json = std::make_shared<std::string>(fileContent(arguments.at("text")));
  auto once = [=] { return context->parser.ParseJson(json->c_str()); };
  if (!once()) throw std::runtime_error(context->parser.error_.substr(0, 200));
  auto &builder = context->parser.builder_;
  return {once, digest(builder.GetBufferPointer(), builder.GetSize())};
}

Job makeJob(const std::string &name, const Arguments &arguments) {
  auto context = std::make_shared<Context>(arguments);
  if (name == "verify-reflection") return verifyByReflection(context, arguments);
  if (name == "verify-generated") return verifyGenerated(context, arguments);
  if (name == "to-json") return generateText(context, arguments);
  if (name == "from-json") return parseJson(context, arguments);
  throw std::runtime_error("unknown job " + name);
}

std::vector<std::string> split(const std::string &line) {
  std::vector<std::string> words;
  std::stringstream in(line);
  for (std::string word; std::getline(in, word, '\t');) words.push_back(word);
  return words;
}

int64_t nanoseconds(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec * int64_t{1000000000} + now.tv_nsec;
}

std::string timed(const Job &job, int64_t count) {
  if (!job.once()) throw std::runtime_error("the job failed");  // not timed, as in child.mjs
  auto startCpu = nanoseconds(CLOCK_PROCESS_CPUTIME_ID);
  auto start = nanoseconds(CLOCK_MONOTONIC);
  for (int64_t i = 0; i < count; i++) {
    if (!job.once()) throw std::runtime_error("the job failed");
  }
  auto total = nanoseconds(CLOCK_MONOTONIC) - start;
  return std::to_string(total) + "\t" + std::to_string(nanoseconds(CLOCK_PROCESS_CPUTIME_ID) - startCpu);
}

std::string answer(std::map<std::string, Job> &jobs, const std::vector<std::string> &words) {
  if (words.at(0) == "prepare") {
    Arguments arguments;
    for (size_t i = 3; i < words.size(); i++) {
      auto cut = words[i].find('=');
      arguments[words[i].substr(0, cut)] = words[i].substr(cut + 1);
    }
    auto job = makeJob(words.at(2), arguments);
    if (!job.once()) throw std::runtime_error("native code says no");
    jobs[words.at(1)] = job;
    return "ready\t" + job.facts;
  }
  if (words.at(0) == "run") return "ns\t" + timed(jobs.at(words.at(1)), std::stoll(words.at(2)));
  jobs.erase(words.at(1));
  return "dropped";
}

}  // namespace

int main() {
  std::map<std::string, Job> jobs;
  for (std::string line; std::getline(std::cin, line);) {
    try {
      std::cout << answer(jobs, split(line)) << std::endl;
    } catch (const std::exception &error) {
      std::cout << "skip\t" << error.what() << std::endl;
    }
  }
}
