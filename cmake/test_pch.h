// The precompiled header of the tests. A file still includes what it uses.
#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "cmake/asio_pch.h"
