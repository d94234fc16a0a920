# One test program per room: la_test(agent/event SOURCES a_test.cc … [LIBS la_json] [ASIO] [USES further rooms])
# Every TEST is a ctest test of its own, run in any order; names begin with the room's. With LIFECYCLE_WHOLE_PROGRAMS a
# room's program is one test: under a sanitizer the start of a process costs more than most tests.
# Tests are not optimised: they are compiled far more often than they run. Their common headers are precompiled.
find_package(GTest REQUIRED)
include(GoogleTest)

add_library(la_test_pch STATIC ${PROJECT_SOURCE_DIR}/cmake/empty.cc)
target_link_libraries(la_test_pch PRIVATE la_asio la_json la_expected GTest::gtest)
target_compile_options(la_test_pch PRIVATE -O0)
target_include_directories(la_test_pch PRIVATE ${PROJECT_SOURCE_DIR})
target_precompile_headers(la_test_pch PRIVATE ${PROJECT_SOURCE_DIR}/cmake/test_pch.h)
la_warnings(la_test_pch)

function(la_test room)
  cmake_parse_arguments(arg "ASIO" "" "SOURCES;LIBS;USES" ${ARGN})
  string(REPLACE "/" "_" target ${room})
  list(TRANSFORM arg_USES REPLACE "/" "_" OUTPUT_VARIABLE targets)
  add_executable(${target}_test ${arg_SOURCES})
  if(TARGET ${target})
    target_link_libraries(${target}_test PRIVATE ${target})
  endif()
  target_link_libraries(${target}_test PRIVATE ${targets} ${arg_LIBS} la_asio la_expected la_json GTest::gtest
                                                GTest::gtest_main)
  target_include_directories(${target}_test PRIVATE ${PROJECT_SOURCE_DIR})
  target_compile_definitions(${target}_test PRIVATE
    LA_SOURCE_DIR="${PROJECT_SOURCE_DIR}" LA_BUILD_DIR="${PROJECT_BINARY_DIR}")
  la_warnings(${target}_test)
  target_precompile_headers(${target}_test REUSE_FROM la_test_pch)
  target_compile_options(${target}_test PRIVATE -O0 -fPIC)  # as the header was compiled; programs get -fPIE
  if(LIFECYCLE_WHOLE_PROGRAMS)
    add_test(NAME ${room} COMMAND ${target}_test --gtest_brief=1)
    set_tests_properties(${room} PROPERTIES TIMEOUT 1200)
    return()
  endif()
  gtest_discover_tests(${target}_test TEST_PREFIX "${room}/" NO_PRETTY_VALUES DISCOVERY_MODE PRE_TEST
                       DISCOVERY_TIMEOUT 60
                       PROPERTIES TIMEOUT 300)
endfunction()
