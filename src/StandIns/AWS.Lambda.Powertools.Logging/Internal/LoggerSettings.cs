using AWS.Lambda.Powertools.Common;
using Microsoft.Extensions.Logging;

namespace AWS.Lambda.Powertools.Logging.Internal;

/// <summary>The configuration, completed from the environment: code wins over it, except for Lambda's own log level.</summary>
sealed class LoggerSettings(PowertoolsLoggerConfiguration configuration)
{
    internal IConsoleWrapper Output { get; } = configuration.LogOutput;

    internal string TimestampFormat { get; } = configuration.TimestampFormat ?? "o";

    internal string Service { get; } =
        !string.IsNullOrEmpty(configuration.Service) ? configuration.Service : Variable("POWERTOOLS_SERVICE_NAME") ?? "service_undefined";

    internal LogLevel MinimumLevel { get; } = LambdaLevel ?? Level(configuration.MinimumLogLevel);

    internal KeyCase Keys { get; } = new(Case(configuration.LoggerOutputCase));

    internal string LevelKey { get; } =
        LambdaLevel is not null && Case(configuration.LoggerOutputCase) == LoggerOutputCase.PascalCase ? "LogLevel" : "level";

    static LogLevel? LambdaLevel => Variable("AWS_LAMBDA_LOG_LEVEL")?.ToUpperInvariant() switch
    {
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "INFO" => LogLevel.Information,
        "WARN" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "FATAL" => LogLevel.Critical,
        _ => null,
    };

    static LogLevel Level(LogLevel configured) =>
        configured != LogLevel.None ? configured
        : Enum.TryParse(Variable("POWERTOOLS_LOG_LEVEL"), ignoreCase: true, out LogLevel level) && level != LogLevel.None ? level
        : LogLevel.Information;

    static LoggerOutputCase Case(LoggerOutputCase configured) =>
        configured != LoggerOutputCase.Default ? configured
        : Enum.TryParse(Variable("POWERTOOLS_LOGGER_CASE"), ignoreCase: true, out LoggerOutputCase fromEnvironment) ? fromEnvironment
        : LoggerOutputCase.SnakeCase;

    static string Variable(string name) =>
        Environment.GetEnvironmentVariable(name)?.Trim() is { Length: > 0 } value ? value : null;
}
