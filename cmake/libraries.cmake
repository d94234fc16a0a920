# Third-party libraries, each behind one target of ours (docs/dependencies.md says what each is for).
# Mostly static: shared libraries cost a process 6 ms before main (docs/decisions/0003-linking.md).
find_package(Threads REQUIRED)
find_path(LA_EXPECTED_INCLUDE tl/expected.hpp REQUIRED)
find_path(LA_JSON_INCLUDE nlohmann/json.hpp REQUIRED)
find_path(LA_BOOST_INCLUDE boost/process/v2.hpp REQUIRED)
find_path(LA_CURL_INCLUDE curl/curl.h REQUIRED)
find_path(LA_YAML_CPP_INCLUDE yaml-cpp/yaml.h REQUIRED)
find_library(LA_YAML_CPP NAMES libyaml-cpp.a REQUIRED)
find_library(LA_BOOST_FILESYSTEM NAMES libboost_filesystem.a REQUIRED)
find_library(LA_BOOST_ATOMIC NAMES libboost_atomic.a)
find_library(LA_CRYPTO NAMES libcrypto.a REQUIRED)

add_library(la_expected INTERFACE)
target_include_directories(la_expected SYSTEM INTERFACE ${LA_EXPECTED_INCLUDE})

add_library(la_json INTERFACE)
target_include_directories(la_json SYSTEM INTERFACE ${LA_JSON_INCLUDE})

add_library(la_yaml INTERFACE)
target_include_directories(la_yaml SYSTEM INTERFACE ${LA_YAML_CPP_INCLUDE})
target_link_libraries(la_yaml INTERFACE ${LA_YAML_CPP})

# SHA-256 of event keys; a static libcrypto, since libcurl's own is loaded apart (dlopen, RTLD_LOCAL).
add_library(la_crypto INTERFACE)
target_link_libraries(la_crypto INTERFACE ${LA_CRYPTO} ${CMAKE_DL_LIBS} Threads::Threads)

# Types only: the program opens libcurl with dlopen when it first sends something.
add_library(la_curl INTERFACE)
target_include_directories(la_curl SYSTEM INTERFACE ${LA_CURL_INCLUDE})
target_link_libraries(la_curl INTERFACE ${CMAKE_DL_LIBS})

add_library(la_spdlog INTERFACE)
target_compile_definitions(la_spdlog INTERFACE SPDLOG_FMT_EXTERNAL FMT_HEADER_ONLY SPDLOG_NO_EXCEPTIONS)

add_library(la_asio INTERFACE)
target_include_directories(la_asio SYSTEM INTERFACE ${LA_BOOST_INCLUDE})
target_compile_definitions(la_asio INTERFACE BOOST_ASIO_SEPARATE_COMPILATION BOOST_PROCESS_V2_SEPARATE_COMPILATION
                                             BOOST_ASIO_NO_DEPRECATED)
target_link_libraries(la_asio INTERFACE ${LA_BOOST_FILESYSTEM} Threads::Threads)
if(LA_BOOST_ATOMIC)
  target_link_libraries(la_asio INTERFACE ${LA_BOOST_ATOMIC})
endif()

# The one precompiled header and the one file that compiles Asio and Process.
add_library(la_asio_pch STATIC ${PROJECT_SOURCE_DIR}/cmake/asio_source.cc)
target_include_directories(la_asio_pch SYSTEM PUBLIC ${LA_JSON_INCLUDE} ${LA_EXPECTED_INCLUDE})
target_link_libraries(la_asio_pch PUBLIC la_asio)
target_precompile_headers(la_asio_pch PRIVATE ${PROJECT_SOURCE_DIR}/cmake/asio_pch.h)
la_flags(la_asio_pch)
target_link_libraries(la_asio INTERFACE $<LINK_ONLY:la_asio_pch>)
