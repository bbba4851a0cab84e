using AWS.Lambda.Powertools.Common;

namespace AWS.Lambda.Powertools.Logging;

public class PowertoolsLoggerConfiguration
{
    public string Service { get; set; }

    public IConsoleWrapper LogOutput { get; set; } = new ConsoleWrapper();
}
