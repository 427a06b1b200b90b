<SUBMISSION>
<ACCESSION-NUMBER>0009031885-10-000004
<TYPE>8-K
<PUBLIC-DOCUMENT-COUNT>1
<PERIOD>20100216
<ITEMS>1.03
<ITEMS>2.04
<ITEMS>7.01
<FILING-DATE>20100217
<DATE-OF-FILING-DATE-CHANGE>20100217
<FILER>
<COMPANY-DATA>
<CONFORMED-NAME>DUNWATTLE OUTFITTERS INC
<CIK>0009031885
<ASSIGNED-SIC>5651
<IRS-NUMBER>009318850
<STATE-OF-INCORPORATION>NV
<FISCAL-YEAR-END>0131
</COMPANY-DATA>
<FILING-VALUES>
<FORM-TYPE>8-K
<ACT>34
<FILE-NUMBER>001-98731
<FILM-NUMBER>10990302
</FILING-VALUES>
<BUSINESS-ADDRESS>
<STREET1>77 SAWTOOTH AVENUE
<CITY>BOISE
<STATE>ID
<ZIP>83702
<PHONE>208-555-0163
</BUSINESS-ADDRESS>
<MAIL-ADDRESS>
<STREET1>77 SAWTOOTH AVENUE
<CITY>BOISE
<STATE>ID
<ZIP>83702
</MAIL-ADDRESS>
<FORMER-COMPANY>
<FORMER-CONFORMED-NAME>DUNWATTLE CATALOG CO
<DATE-CHANGED>20031112
</FORMER-COMPANY>
</FILER>
<DOCUMENT>
<TYPE>8-K
<SEQUENCE>1
<FILENAME>dun8k0210.htm
<DESCRIPTION>CHAPTER 11 PETITION
<TEXT>
<HTML>
<HEAD>
<TITLE>8-K</TITLE>
</HEAD>
<BODY BGCOLOR="WHITE">

<P ALIGN="CENTER"><FONT SIZE="2"><B>UNITED STATES<BR>
SECURITIES AND EXCHANGE COMMISSION<BR>
Washington, D.C. 20549</B></FONT></P>

<P ALIGN="CENTER"><FONT SIZE="2"><B>FORM 8-K</B></FONT></P>

<P ALIGN="CENTER"><FONT SIZE="2"><B>CURRENT REPORT<BR>
Pursuant to Section 13 or 15(d) of the Securities Exchange Act of 1934</B></FONT></P>

<P ALIGN="CENTER"><FONT SIZE="2"><B>Date of Report (Date of earliest event reported): February 16, 2010</B></FONT></P>

<P ALIGN="CENTER"><FONT SIZE="2"><B>DUNWATTLE OUTFITTERS, INC.
(Exact name of registrant as specified in its charter)</B></FONT></P>

<TABLE CELLSPACING="0" BORDER="0" CELLPADDING="0" WIDTH="100%">
<TR VALIGN="BOTTOM"><TD><FONT SIZE="2">Nevada</FONT></TD><TD ALIGN="RIGHT"><FONT SIZE="2">001-98731</FONT></TD><TD ALIGN="RIGHT"><FONT SIZE="2">00-9318850</FONT></TD></TR>
<TR VALIGN="BOTTOM"><TD><FONT SIZE="2">(State of incorporation)</FONT></TD><TD ALIGN="RIGHT"><FONT SIZE="2">(Commission File Number)</FONT></TD><TD ALIGN="RIGHT"><FONT SIZE="2">(IRS Employer Identification No.)</FONT></TD></TR>
</TABLE>

<P><FONT SIZE="2">77 Sawtooth Avenue, Boise, Idaho 83702
(Address of principal executive offices)</FONT></P>

<P><FONT SIZE="2">Registrant&#146;s telephone number: (208) 555-0163</FONT></P>

<P><FONT SIZE="2"><B>Item 1.03 Bankruptcy or Receivership.</B></FONT></P>

<P><FONT SIZE="2">On February 16, 2010 Dunwattle Outfitters, Inc. filed a voluntary petition under chapter 11 of the Bankruptcy Code in the District of Idaho (case 10-90417). The company remains in possession of its property. It has asked the court to approve debtor-in-possession financing of $12 million from Keswater National Bank.</FONT></P>

<P><FONT SIZE="2"><B>Item 2.04 Triggering Events That Accelerate or Increase a Direct Financial Obligation.</B></FONT></P>

<P><FONT SIZE="2">The petition is an event of default under the credit agreement with Keswater National Bank. About $36.2 million of principal fell due at once. The company believes that the bank may not enforce the claim while the automatic stay lasts.</FONT></P>

<P><FONT SIZE="2"><B>Item 7.01 Regulation FD Disclosure.</B></FONT></P>

<P><FONT SIZE="2">Stores stay open. Gift cards will be honored until March 31, 2010, if the court agrees.</FONT></P>

<P ALIGN="CENTER"><FONT SIZE="2"><B>SIGNATURE</B></FONT></P>

<P><FONT SIZE="2">The registrant has caused this report to be signed by the person named below, who is authorized to sign it.</FONT></P>

<TABLE CELLSPACING="0" BORDER="0" CELLPADDING="0" WIDTH="100%">
<TR VALIGN="BOTTOM"><TD><FONT SIZE="2">DUNWATTLE OUTFITTERS, INC.</FONT></TD></TR>
<TR VALIGN="BOTTOM"><TD><FONT SIZE="2">Date: February 17, 2010</FONT></TD><TD ALIGN="RIGHT"><FONT SIZE="2">By: /s/ Prudence R. Lindqvist</FONT></TD></TR>
<TR VALIGN="BOTTOM"><TD><FONT SIZE="2">Prudence R. Lindqvist</FONT></TD></TR>
<TR VALIGN="BOTTOM"><TD><FONT SIZE="2">Chief Financial Officer</FONT></TD></TR>
</TABLE>

</BODY>
</HTML>
</TEXT>
</DOCUMENT>
</SUBMISSION>
