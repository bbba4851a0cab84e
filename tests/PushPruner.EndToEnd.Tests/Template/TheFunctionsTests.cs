using System.Reflection;
using Amazon.Lambda.Annotations;
using PushPruner.Lambda;
using PushPruner.Policies;

namespace PushPruner.EndToEnd.Tests.Template;

/// <summary>What the template says of the functions, and what their code says.</summary>
public sealed class TheFunctionsTests
{
    readonly SamTemplate template = new();

    [Fact]
    public void Each_method_that_is_a_function_is_deployed_under_its_name()
    {
        var methods = typeof(Functions)
            .GetMethods()
            .Where(m => m.GetCustomAttribute<LambdaFunctionAttribute>() is not null)
            .Select(m => m.Name);

        template.Functions.Keys.ShouldBe(methods, ignoreOrder: true);
        foreach (var (id, function) in template.Functions)
            function["Environment"]!["Variables"]!["ANNOTATIONS_HANDLER"]!.GetValue<string>().ShouldBe(id);
    }

    [Fact]
    public void All_are_the_one_executable_that_the_project_publishes()
    {
        var runtime = typeof(Functions).Assembly.GetCustomAttribute<LambdaGlobalPropertiesAttribute>()!.Runtime;

        foreach (var (id, function) in template.Functions)
        {
            function["Handler"]!.GetValue<string>().ShouldBe("bootstrap");
            function["Runtime"]!.GetValue<string>().ShouldBe(runtime);
            template.Resource(id)["Metadata"]!["BuildMethod"]!.GetValue<string>().ShouldBe("makefile");
        }
    }

    [Fact]
    public void Their_variables_are_those_that_the_code_reads_and_no_others()
    {
        // The SDK reads its own.
        var read = new List<string> { "ANNOTATIONS_HANDLER", "INDEX_TABLE", "AWS_MAX_ATTEMPTS", "STACK_NAME" };
        Settings.FromEnvironment(name =>
        {
            read.Add(name);
            return null;
        });

        // Only a push has another function to name.
        foreach (var (id, function) in template.Functions)
        {
            function["Environment"]!["Variables"]!
                .AsObject()
                .Select(v => v.Key)
                .ShouldBe(id == "OnImagePushed" ? [.. read, "RECONCILE_FUNCTION"] : read, ignoreOrder: true);
        }
    }

    [Fact]
    public void With_the_template_s_defaults_the_policy_is_the_code_s_own_in_a_dry_run()
    {
        var variables = template.Functions["OnImagePushed"]["Environment"]!["Variables"]!;

        var settings = Settings.FromEnvironment(name => variables[name]!.GetValue<string>());

        settings.ShouldBe(new Settings { DryRun = true });
    }

    [Fact]
    public void Each_variable_is_the_parameter_of_its_name()
    {
        string[] others =
        [
            "ReservedConcurrency",
            "ReconcileSchedule",
            "ReconcileTimeZone",
            "ReconcileConcurrency",
            "AlarmTopicArn",
            "ImagesQuota",
            "PermissionsBoundaryArn",
            "KmsKeyArn",
        ];
        foreach (var name in SamTemplate.Parameters.Where(p => p.Value["AllowedPattern"] is not null).Select(p => p.Key).Except(others))
        {
            foreach (var function in new SamTemplate((name, "given")).Functions.Values)
                function["Environment"]!["Variables"]![VariableNames.Of(name)]!.GetValue<string>().ShouldBe("given");
        }
    }

    // A job stops 30 s before its time; Lambda gives 15 minutes at most.
    [Theory]
    [InlineData("OnImagePushed", 300, 256)]
    [InlineData("ListRepositories", 60, 256)]
    [InlineData("ReconcileRepository", 900, 512)]
    public void Each_has_the_time_and_the_memory_of_its_work(string function, int seconds, int megabytes)
    {
        template.Functions[function]["Timeout"]!.GetValue<string>().ShouldBe($"{seconds}");
        template.Functions[function]["MemorySize"]!.GetValue<string>().ShouldBe($"{megabytes}");
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("5", "5")]
    public void Concurrency_is_reserved_only_where_it_is_asked_for(string parameter, string? reserved) =>
        new SamTemplate(("ReservedConcurrency", parameter))
            .Functions["OnImagePushed"]["ReservedConcurrentExecutions"]
            ?.GetValue<string>()
            .ShouldBe(reserved);

    [Fact]
    public void Each_logs_JSON_into_a_group_of_its_own_that_is_kept_for_as_long_as_is_asked()
    {
        var stack = new SamTemplate(("LogRetentionDays", "14"));
        foreach (var function in stack.Functions.Values)
        {
            function["LoggingConfig"]!["LogFormat"]!.GetValue<string>().ShouldBe("JSON");
            var group = function["LoggingConfig"]!["LogGroup"]!["Ref"]!.GetValue<string>();
            stack.Resource(group)["Properties"]!["RetentionInDays"]!.GetValue<string>().ShouldBe("14");
        }
    }
}
