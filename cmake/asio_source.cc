// Asio and Process are compiled here once (BOOST_ASIO_SEPARATE_COMPILATION, BOOST_PROCESS_V2_SEPARATE_COMPILATION).
#include <boost/asio/impl/src.hpp>
#include <boost/process/v2/src.hpp>
