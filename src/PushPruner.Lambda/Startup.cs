using System.Diagnostics.CodeAnalysis;
using Amazon.DynamoDBv2;
using Amazon.ECR;
using Amazon.Lambda.Annotations;
using AWS.Lambda.Powertools.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PushPruner.Aws;
using PushPruner.Aws.Dynamo;
using PushPruner.Aws.Ecr;
using PushPruner.Aws.Throttling;
using PushPruner.Lambda.Metering;
using PushPruner.Policies;
using PushPruner.Ports;

namespace PushPruner.Lambda;

/// <summary>Composes the functions from the environment.</summary>
[LambdaStartup]
public sealed class Startup
{
    /// <exception cref="SettingException">Names the variable, its value and what is allowed.</exception>
    [SuppressMessage(
        "Performance", "CA1822:Mark members as static", Justification = "The code that Annotations generates calls it on an instance.")]
    public void ConfigureServices(IServiceCollection services)
    {
        var table = IndexTableName(Environment.GetEnvironmentVariable);
        AddFunctions(services, Settings.FromEnvironment(Environment.GetEnvironmentVariable))
            .AddLogging(logging => logging.AddPowertoolsLogger(powertools => powertools.Service = "pushpruner"))
            .AddSingleton(provider => new EmbeddedMetrics(
                StandardOutput(),
                Environment.GetEnvironmentVariable("STACK_NAME"),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<EmbeddedMetrics>>()))
            .AddSingleton<IAmazonDynamoDB>(_ => new AmazonDynamoDBClient())
            .AddSingleton<IManifestIndex>(provider => new DynamoIndex(
                provider.GetRequiredService<IAmazonDynamoDB>(), table, provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Adds what the functions need everywhere. The caller adds the index, and the output of metrics if they are read.</summary>
    public static IServiceCollection AddFunctions(IServiceCollection services, Settings settings)
    {
        // Before any client is created.
        Throttles.WatchClients();
        return services
            .AddSingleton(settings)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new DeployedFunctions(Environment.GetEnvironmentVariable("RECONCILE_FUNCTION")))
            .AddSingleton<IAmazonECR>(_ => EcrClient.Create())
            .AddSingleton<Func<RegistryHome, IRegistry>>(provider =>
                home => new EcrRegistry(provider.GetRequiredService<IAmazonECR>(), home))
            .AddSingleton(provider => new EmbeddedMetrics(
                TextWriter.Null,
                stack: null,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<EmbeddedMetrics>>()))
            .AddSingleton<Functions>();
    }

    // Not Console.Out: Lambda's runtime replaces it by a writer that adds to each line, and CloudWatch finds no metrics in such lines. The
    // buffer has room for a whole line, so that it is written at once.
    static StreamWriter StandardOutput() => new(Console.OpenStandardOutput(), bufferSize: 8_192) { AutoFlush = true };

    static string IndexTableName(Func<string, string?> variable)
    {
        const string name = "INDEX_TABLE";
        var table = variable(name);
        return IndexTable.IsName(table)
            ? table
            : throw new SettingException(
                name, string.IsNullOrEmpty(table) ? null : table, "the name of the DynamoDB table that holds the index");
    }
}
