using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using PushPruner.Aws.Dynamo;

namespace PushPruner.EndToEnd.Tests.Template;

public sealed class TheTableTests
{
    readonly JsonNode resource = new SamTemplate().Resource("IndexTable");
    readonly CreateTableRequest ours = IndexTable.Definition("any");

    JsonNode Properties => resource["Properties"]!;

    [Fact]
    public void Its_shape_is_the_code_s()
    {
        Text("BillingMode").ShouldBe(ours.BillingMode.Value);
        Keys(Properties).ShouldBe(Keys(ours.KeySchema));
        Items(Properties, "AttributeDefinitions").Select(a => $"{a["AttributeName"]} {a["AttributeType"]}")
            .ShouldBe(ours.AttributeDefinitions.Select(a => $"{a.AttributeName} {a.AttributeType}"));
        Items(Properties, "LocalSecondaryIndexes").Select(i => $"{i["IndexName"]}: {Keys(i)}, {i["Projection"]!["ProjectionType"]}")
            .ShouldBe(ours.LocalSecondaryIndexes.Select(i => $"{i.IndexName}: {Keys(i.KeySchema)}, {i.Projection.ProjectionType}"));
        Properties["GlobalSecondaryIndexes"].ShouldBeNull();
    }

    // CloudFormation answers a change of any of these with another table, and an empty one: change nothing here without a way for what the
    // old one remembers.
    [Fact]
    public void No_update_replaces_it_whatever_the_parameters()
    {
        const string shape =
            """[{"AttributeName":"repository","KeyType":"HASH"},{"AttributeName":"digest","KeyType":"RANGE"}]"""
            + """[{"IndexName":"newest","KeySchema":[{"AttributeName":"repository","KeyType":"HASH"},{"AttributeName":"newest","KeyType":"RANGE"}],"Projection":{"ProjectionType":"KEYS_ONLY"}},"""
            + """{"IndexName":"due","KeySchema":[{"AttributeName":"repository","KeyType":"HASH"},{"AttributeName":"due","KeyType":"RANGE"}],"Projection":{"ProjectionType":"KEYS_ONLY"}}]""";

        foreach (var parameter in SamTemplate.Parameters.Keys)
        {
            foreach (var value in (string[])["", "true", "false", "given"])
            {
                var table = new SamTemplate((parameter, value)).Resource("IndexTable");
                table["Condition"].ShouldBeNull();
                table["Properties"]!["TableName"].ShouldBeNull();
                var properties = table["Properties"]!;
                $"{properties["KeySchema"]!.ToJsonString()}{properties["LocalSecondaryIndexes"]!.ToJsonString()}".ShouldBe(
                    shape, $"{parameter}={value}");
            }
        }
    }

    [Fact]
    public void It_is_encrypted_backed_up_protected_and_kept()
    {
        Properties["SSESpecification"]!["SSEEnabled"]!.GetValue<string>().ShouldBe("true");
        Properties["PointInTimeRecoverySpecification"]!["PointInTimeRecoveryEnabled"]!.GetValue<string>().ShouldBe("true");
        Text("DeletionProtectionEnabled").ShouldBe("true");
        resource["DeletionPolicy"]!.GetValue<string>().ShouldBe("Retain");
        resource["UpdateReplacePolicy"]!.GetValue<string>().ShouldBe("Retain");
    }

    [Fact]
    public void Tombstones_go_by_the_attribute_that_the_code_writes()
    {
        Properties["TimeToLiveSpecification"]!["AttributeName"]!.GetValue<string>().ShouldBe("expiresAt");
        Properties["TimeToLiveSpecification"]!["Enabled"]!.GetValue<string>().ShouldBe("true");
    }

    string Text(string property) => Properties[property]!.GetValue<string>();

    static IEnumerable<JsonNode> Items(JsonNode of, string list) => of[list]!.AsArray().Select(item => item!);

    static string Keys(JsonNode of) => string.Join(", ", Items(of, "KeySchema").Select(k => $"{k["AttributeName"]} {k["KeyType"]}"));

    static string Keys(List<KeySchemaElement> keys) => string.Join(", ", keys.Select(k => $"{k.AttributeName} {k.KeyType}"));
}
