namespace AWS.Lambda.Powertools.Logging.Internal;

/// <summary>One configuration for the whole process: the last one made counts for every logger, also for those that are older.</summary>
static class CurrentSettings
{
    static volatile LoggerSettings _value = new(new PowertoolsLoggerConfiguration());

    internal static LoggerSettings Value => _value;

    internal static void Set(PowertoolsLoggerConfiguration configuration) => _value = new LoggerSettings(configuration);
}
