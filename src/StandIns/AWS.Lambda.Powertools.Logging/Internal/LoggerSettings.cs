using AWS.Lambda.Powertools.Common;
using Microsoft.Extensions.Logging;

namespace AWS.Lambda.Powertools.Logging.Internal;

/// <summary>The configuration, completed from the environment. Lambda's own log level wins over that of Powertools.</summary>
sealed class LoggerSettings(PowertoolsLoggerConfiguration configuration)
{
    internal IConsoleWrapper Output { get; } = configuration.LogOutput;

    internal string Service { get; } =
        !string.IsNullOrEmpty(configuration.Service) ? configuration.Service : Variable("POWERTOOLS_SERVICE_NAME") ?? "service_undefined";

    internal LogLevel MinimumLevel { get; } = LambdaLevel ?? Level;

    internal KeyCase Keys { get; } = new(Case);

    internal string LevelKey { get; } = LambdaLevel is not null && Case == LoggerOutputCase.PascalCase ? "LogLevel" : "level";

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

    static LogLevel Level =>
        Enum.TryParse(Variable("POWERTOOLS_LOG_LEVEL"), ignoreCase: true, out LogLevel level) && level != LogLevel.None
            ? level
            : LogLevel.Information;

    static LoggerOutputCase Case =>
        Enum.TryParse(Variable("POWERTOOLS_LOGGER_CASE"), ignoreCase: true, out LoggerOutputCase fromEnvironment)
            ? fromEnvironment
            : LoggerOutputCase.SnakeCase;

    static string Variable(string name) =>
        Environment.GetEnvironmentVariable(name)?.Trim() is { Length: > 0 } value ? value : null;
}
