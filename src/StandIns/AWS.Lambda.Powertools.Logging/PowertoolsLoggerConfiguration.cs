using AWS.Lambda.Powertools.Common;
using Microsoft.Extensions.Logging;

namespace AWS.Lambda.Powertools.Logging;

public class PowertoolsLoggerConfiguration
{
    public string Service { get; set; }

    public string TimestampFormat { get; set; }

    public LogLevel MinimumLogLevel { get; set; } = LogLevel.None;

    public LoggerOutputCase LoggerOutputCase { get; set; }

    public IConsoleWrapper LogOutput { get; set; } = new ConsoleWrapper();
}
