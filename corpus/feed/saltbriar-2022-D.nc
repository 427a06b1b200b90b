<SUBMISSION>
<ACCESSION-NUMBER>0009060003-22-000001
<TYPE>D
<PUBLIC-DOCUMENT-COUNT>1
<ITEMS>06b
<ITEMS>3C
<ITEMS>3C.1
<FILING-DATE>20220314
<DATE-OF-FILING-DATE-CHANGE>20220314
<EFFECTIVENESS-DATE>20220314
<FILER>
<COMPANY-DATA>
<CONFORMED-NAME>SALTBRIAR VENTURES FUND II, L.P.
<CIK>0009060003
<ORGANIZATION-NAME>
<IRS-NUMBER>009600003
<STATE-OF-INCORPORATION>DE
<FISCAL-YEAR-END>1231
</COMPANY-DATA>
<FILING-VALUES>
<FORM-TYPE>D
<ACT>33
<FILE-NUMBER>021-999003
<FILM-NUMBER>22991401
</FILING-VALUES>
<BUSINESS-ADDRESS>
<STREET1>1 HERON WHARF
<STREET2>SUITE 1200
<CITY>PROVIDENCE
<STATE>RI
<ZIP>02903
<PHONE>401-555-0107
</BUSINESS-ADDRESS>
<MAIL-ADDRESS>
<STREET1>1 HERON WHARF
<STREET2>SUITE 1200
<CITY>PROVIDENCE
<STATE>RI
<ZIP>02903
</MAIL-ADDRESS>
</FILER>
<DOCUMENT>
<TYPE>D
<SEQUENCE>1
<FILENAME>primary_doc.xml
<TEXT>
<XML>
<?xml version="1.0"?>
<edgarSubmission>

    <schemaVersion>X0708</schemaVersion>

    <submissionType>D</submissionType>

    <testOrLive>LIVE</testOrLive>

    <primaryIssuer>
        <cik>0009060003</cik>
        <entityName>SALTBRIAR VENTURES FUND II, L.P.</entityName>
        <issuerAddress>
            <street1>1 HERON WHARF</street1>
            <street2>SUITE 1200</street2>
            <city>PROVIDENCE</city>
            <stateOrCountry>RI</stateOrCountry>
            <stateOrCountryDescription>RHODE ISLAND</stateOrCountryDescription>
            <zipCode>02903</zipCode>
        </issuerAddress>
        <issuerPhoneNumber>401-555-0107</issuerPhoneNumber>
        <jurisdictionOfInc>DELAWARE</jurisdictionOfInc>
        <entityType>Limited Partnership</entityType>
        <yearOfInc>
            <withinFiveYears>true</withinFiveYears>
            <value>2021</value>
        </yearOfInc>
    </primaryIssuer>

    <relatedPersonsList>
        <relatedPersonInfo>
            <relatedPersonName>
                <firstName>Perpetua</firstName>
                <lastName>Saltonby</lastName>
            </relatedPersonName>
            <relatedPersonRelationshipList>
                <relationship>Executive Officer</relationship>
            </relatedPersonRelationshipList>
            <relationshipClarification>Managing Member of the General Partner</relationshipClarification>
        </relatedPersonInfo>
    </relatedPersonsList>

    <offeringData>
        <industryGroup>
            <industryGroupType>Pooled Investment Fund</industryGroupType>
            <investmentFundInfo>
                <investmentFundType>Venture Capital Fund</investmentFundType>
                <is40Act>false</is40Act>
            </investmentFundInfo>
        </industryGroup>
        <issuerSize>
            <aggregateNetAssetValueRange>Decline to Disclose</aggregateNetAssetValueRange>
        </issuerSize>
        <federalExemptionsExclusions>
            <item>06b</item>
            <item>3C</item>
            <item>3C.1</item>
        </federalExemptionsExclusions>
        <dateOfFirstSale>
            <value>2022-03-01</value>
        </dateOfFirstSale>
        <minimumInvestmentAccepted>250000</minimumInvestmentAccepted>
        <offeringSalesAmounts>
            <totalOfferingAmount>80000000</totalOfferingAmount>
            <totalAmountSold>31500000</totalAmountSold>
            <totalRemaining>48500000</totalRemaining>
        </offeringSalesAmounts>
        <useOfProceeds>
            <clarificationOfResponse>The General Partner receives a management fee of two percent of commitments.</clarificationOfResponse>
        </useOfProceeds>
        <signatureBlock>
            <signature>
                <issuerName>SALTBRIAR VENTURES FUND II, L.P.</issuerName>
                <signatureName>/s/ Perpetua Saltonby</signatureName>
                <nameOfSigner>Perpetua Saltonby</nameOfSigner>
                <signatureTitle>Managing Member of the General Partner</signatureTitle>
                <signatureDate>2022-03-14</signatureDate>
            </signature>
        </signatureBlock>
    </offeringData>
</edgarSubmission>
</XML>
</TEXT>
</DOCUMENT>
</SUBMISSION>
